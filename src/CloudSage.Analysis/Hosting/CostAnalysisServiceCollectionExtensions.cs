using CloudSage.Analysis.Capabilities;
using CloudSage.Analysis.Execution;
using CloudSage.Analysis.Runs;
using CloudSage.Plugins.Capabilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Hosting;

/// <summary>Registers the reference cost analysis.</summary>
public static class CostAnalysisServiceCollectionExtensions
{
    /// <summary>Registers <see cref="ICostAnalyzer"/> and the capabilities that plugins reach through it. The plugin host is registered apart.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCostAnalysis(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<AnalysisOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnalysisOptions>, AnalysisOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);

        services.TryAddSingleton<ActiveRuns>();
        services.TryAddSingleton<SourceRecognition>();
        services.TryAddSingleton<AnalysisHooks>();
        services.TryAddSingleton<SourceAnalysisStage>();
        services.TryAddSingleton<OptimizationStage>();
        services.TryAddSingleton<AlertDispatch>();
        services.TryAddSingleton<ExportStage>();
        services.TryAddSingleton<ICostAnalyzer, CostAnalyzer>();

        services.TryAddSingleton<ICostDataReader, CostDataReader>();
        services.TryAddSingleton<IInstanceMetricsReader, InventoryMetricsReader>();
        services.TryAddSingleton<RecommendationWriter>();
        services.TryAddSingleton<IRecommendationWriter>(static provider => provider.GetRequiredService<RecommendationWriter>());
        services.TryAddSingleton<IRecommendationStore>(static provider => provider.GetRequiredService<RecommendationWriter>());
        services.TryAddSingleton<IAlertPublisher, AlertPublisher>();
        return services;
    }

    /// <summary>Registers the analysis with options from configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section that holds the members of <see cref="AnalysisOptions"/>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCostAnalysis(this IServiceCollection services, IConfiguration section)
    {
        services.AddCostAnalysis().AddOptions<AnalysisOptions>().Bind(section);
        return services;
    }

    /// <summary>Registers the analysis with options from code.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCostAnalysis(this IServiceCollection services, Action<AnalysisOptions> configure)
        => services.AddCostAnalysis().Configure(configure);
}
