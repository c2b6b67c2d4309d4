using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet.Signatures;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>Says at the start what is wrong with the options, all at once.</summary>
internal sealed class PackageOptionsValidator : IValidateOptions<PackageOptions>
{
    /// <summary>What a timer can wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public ValidateOptionsResult Validate(string? name, PackageOptions options)
    {
        List<string> wrong = [];
        if (string.IsNullOrWhiteSpace(options.SettingsRoot)) wrong.Add($"{Key(nameof(options.SettingsRoot))} must not be empty; leave it out for the working directory.");
        NotEmpty(nameof(options.SettingsFile), options.SettingsFile);
        NotEmpty(nameof(options.CacheDirectory), options.CacheDirectory);
        Check(nameof(options.Timeout), options.Timeout);
        Check(nameof(options.DownloadTimeout), options.DownloadTimeout);
        if (!Enum.IsDefined(options.Signatures)) wrong.Add($"{Key(nameof(options.Signatures))} is {options.Signatures}, but must be {string.Join(" or ", Enum.GetNames<SignatureMode>())}.");
        for (var i = 0; i < options.Signers.Count; i++)
        {
            if (!SignerFingerprint.IsOne(options.Signers[i].Fingerprint))
                wrong.Add($"{Key(nameof(options.Signers))}:{i}:{nameof(PackageSigner.Fingerprint)} is '{options.Signers[i].Fingerprint}', but must be the SHA-256 of a certificate: 64 hexadecimal digits.");
        }

        if (options.MaxFolderBytes <= 0) wrong.Add($"{Key(nameof(options.MaxFolderBytes))} is {options.MaxFolderBytes}, but must be above zero.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check(string option, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value > Longest) wrong.Add($"{Key(option)} is {value}, but must be longer than zero and {Longest} at most.");
        }

        void NotEmpty(string option, string? path)
        {
            if (path is not null && string.IsNullOrWhiteSpace(path)) wrong.Add($"{Key(option)} must not be empty; leave it out for the default.");
        }
    }

    private static string Key(string option) => $"{PluginHostOptions.SectionName}:{PackageOptions.SectionName}:{option}";
}
