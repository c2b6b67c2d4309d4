using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using CloudSage.Plugins.Costs;

namespace CloudSage.Plugins.Optimization;

/// <summary>A proposal that saves money. Shaped after AWS Cost Optimization Hub, Azure Advisor and GCP Recommender.</summary>
public sealed record OptimizationRecommendation
{
    /// <summary>A stable hash of resource, action and target: the same proposal has the same identity in every run.</summary>
    public required string RecommendationId { get; init; }

    /// <summary>The plugin that proposes it; set by the host.</summary>
    public string? Source { get; init; }

    /// <summary>FOCUS ResourceId.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The kind, as manifests name it (<c>ec2</c>).</summary>
    public required string ResourceType { get; init; }

    /// <summary>FOCUS ProviderName.</summary>
    public string? ProviderName { get; init; }

    /// <summary>FOCUS SubAccountId.</summary>
    public string? SubAccountId { get; init; }

    /// <summary>FOCUS RegionId.</summary>
    public string? RegionId { get; init; }

    /// <summary>What to do.</summary>
    public required OptimizationAction Action { get; init; }

    /// <summary>What is there now.</summary>
    public required ResourceConfiguration Current { get; init; }

    /// <summary>What is proposed instead; null where the resource is to go.</summary>
    public ResourceConfiguration? Recommended { get; init; }

    /// <summary>What it costs now in a month of 730 hours; null when unknown.</summary>
    public Money? EstimatedMonthlyCost { get; init; }

    /// <summary>What it saves in a month of 730 hours; null when unknown, never 0 for unknown.</summary>
    public Money? EstimatedMonthlySavings { get; init; }

    /// <summary>Savings / cost, 0 to 1.</summary>
    public decimal? SavingsRatio { get; init; }

    /// <summary>How many days of data it rests on.</summary>
    public int? LookbackDays { get; init; }

    /// <summary>How hard it is to do.</summary>
    public Level ImplementationEffort { get; init; }

    /// <summary>How risky it is.</summary>
    public Level Risk { get; init; }

    /// <summary>Whether the resource must restart.</summary>
    public bool RestartNeeded { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public bool RollbackPossible { get; init; }

    /// <summary>How sure the plugin is, 0 to 1.</summary>
    public decimal? Confidence { get; init; }

    /// <summary>Why, in sentences.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What became of it.</summary>
    public RecommendationState State { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>How a resource is set up.</summary>
/// <param name="Type">The type, such as <c>m5.large</c>.</param>
/// <param name="Summary">One line.</param>
public sealed record ResourceConfiguration(string Type, string? Summary = null)
{
    /// <summary>More, by name.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>What to do with a resource.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OptimizationAction>))]
public enum OptimizationAction
{
    /// <summary>Change its size.</summary>
    Rightsize,

    /// <summary>Stop it.</summary>
    Stop,

    /// <summary>Delete it.</summary>
    Delete,

    /// <summary>Move to a newer generation.</summary>
    Upgrade,

    /// <summary>Move its data to another storage tier.</summary>
    ChangeStorageTier,

    /// <summary>Buy a reservation.</summary>
    PurchaseReservation,

    /// <summary>Buy a savings plan.</summary>
    PurchaseSavingsPlan,

    /// <summary>Move it elsewhere.</summary>
    Migrate,

    /// <summary>Run it only at certain times.</summary>
    Schedule,
}

/// <summary>A degree.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Level>))]
public enum Level
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Very low.</summary>
    VeryLow,

    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>Very high.</summary>
    VeryHigh,
}

/// <summary>What became of a recommendation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecommendationState>))]
public enum RecommendationState
{
    /// <summary>Nobody has decided.</summary>
    Active,

    /// <summary>Accepted, not yet done.</summary>
    Accepted,

    /// <summary>Done.</summary>
    Implemented,

    /// <summary>Refused.</summary>
    Dismissed,
}
