namespace CloudSage.Plugins.Adapters;

/// <summary>How a provider's service maps to FOCUS.</summary>
/// <param name="ProviderName">FOCUS ProviderName.</param>
/// <param name="ProviderServiceCode">The provider's own code.</param>
/// <param name="ServiceName">FOCUS ServiceName.</param>
/// <param name="ServiceCategory">FOCUS ServiceCategory.</param>
/// <param name="ServiceSubcategory">FOCUS ServiceSubcategory.</param>
/// <param name="PricingUnit">FOCUS PricingUnit.</param>
public sealed record ServiceCatalogEntry(
    string ProviderName,
    string ProviderServiceCode,
    string ServiceName,
    string ServiceCategory,
    string? ServiceSubcategory = null,
    string? PricingUnit = null);
