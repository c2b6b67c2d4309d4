namespace CloudSage.Analysis.Aggregation;

/// <summary>The codes of data quality findings that the aggregation itself adds to those of the adapters.</summary>
internal static class AggregationCodes
{
    /// <summary>A charge would make a sum overflow and is left out.</summary>
    public const string SumOverflow = "sum-overflow";

    /// <summary>A sum needs more than 28 digits.</summary>
    public const string SumRounded = "sum-rounded";

    /// <summary>The source has more currencies than an analysis keeps apart; the charge is left out.</summary>
    public const string TooManyCurrencies = "too-many-currencies";

    /// <summary>The source has more days than an analysis keeps apart; the charge is left out.</summary>
    public const string TooManyDays = "too-many-days";

    /// <summary>The source has more services or sub-accounts than an analysis keeps apart.</summary>
    public const string TooManyGroups = "too-many-groups";

    /// <summary>A day's rise cannot be told as a number, for the day before costs next to nothing.</summary>
    public const string ChangeOverflow = "change-overflow";
}
