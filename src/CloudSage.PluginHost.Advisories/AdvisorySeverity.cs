namespace CloudSage.PluginHost.Advisories;

/// <summary>How bad a vulnerability is, by the words of <see href="https://www.first.org/cvss/v3.1/specification-document">CVSS</see>.</summary>
public enum AdvisorySeverity
{
    /// <summary>The record does not say. It is not low: policies treat it as <see cref="High"/>.</summary>
    Unknown,

    /// <summary>A base score below 4.</summary>
    Low,

    /// <summary>A base score from 4 to 6.9.</summary>
    Moderate,

    /// <summary>A base score from 7 to 8.9.</summary>
    High,

    /// <summary>A base score of 9 and more.</summary>
    Critical,
}
