using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.PluginHost.Verification;

/// <summary>The entry file is a whole .NET assembly with code that this process can run.</summary>
internal sealed class EntryImageRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var entry = subject.Entry;
        var name = entry.RelativePath;
        var finding = entry.Kind switch
        {
            ImageKind.Truncated => Error(VerificationCodes.EntryTruncated, $"'{name}' is not whole: {entry.Reason}.", "Copy it again."),
            ImageKind.Native => Error(
                VerificationCodes.EntryNotManaged, $"'{name}' is a native library, not a .NET assembly.",
                "Name the plugin's own .NET assembly in entry_point."),
            ImageKind.Foreign => Error(VerificationCodes.EntryNotManaged, $"'{name}' is not a library.", "Name the plugin's own .NET assembly in entry_point."),
            ImageKind.MixedMode => Error(
                VerificationCodes.EntryMixedMode, $"'{name}' mixes .NET code with native code.",
                "Build it as pure .NET code; keep native code in a library of its own."),
            ImageKind.ReferenceOnly => Error(
                VerificationCodes.EntryReferenceOnly, $"'{name}' is a reference assembly: it has no code.",
                "Use the file of the build output (bin), not of obj/ref."),
            ImageKind.Damaged => Damaged(subject, entry.Reason),
            _ when entry.Facts!.Needs32Bit && Environment.Is64BitProcess => Error(
                VerificationCodes.EntryNeeds32Bit, $"'{name}' is built for 32-bit processes, and this host is a 64-bit one.", "Build it for AnyCPU."),
            _ => null,
        };
        return finding is null ? [] : [finding];

        Finding Error(string code, string message, string remedy) => Finding.Error(code, message, remedy, new(name));
    }

    public static Finding Damaged(VerificationSubject subject, string? reason)
        => Finding.Error(
            VerificationCodes.EntryDamaged, $"'{subject.Manifest.EntryPoint}' is damaged: {reason}", "Build and copy it again.",
            new(subject.Manifest.EntryPoint));
}
