using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.PluginHost.Verification;

/// <summary>
/// Every assembly that the plugin references is there, in a version that is high enough. What the entry assembly itself lacks is an error; what only its
/// libraries lack is a warning, for they may never come to the code that needs it.
/// </summary>
internal sealed class DependencyRule : IVerificationRule
{
    private const int NamesInMessage = 8;
    private const string Publish = "Publish the plugin (dotnet publish, or EnableDynamicLoading) and copy its whole output.";

    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var missing = new Demands();
        var tooOld = new Demands();
        foreach (var image in subject.Closure)
        {
            if (image.Kind is ImageKind.Damaged or ImageKind.Truncated)
                yield return Damaged(image);
            foreach (var reference in image.Facts?.References ?? [])
                Judge(subject, image, reference, missing, tooOld);
        }

        foreach (var finding in missing.Report(VerificationCodes.DependencyMissing, "neither among its files nor part of the host", Publish)
            .Concat(tooOld.Report(VerificationCodes.DependencyTooOld, "needed in a higher version than it ships", "Ship the highest version that is needed.")))
            yield return finding;
    }

    private static void Judge(VerificationSubject subject, AssemblyImage image, AssemblyReferenceFacts reference, Demands missing, Demands tooOld)
    {
        if (subject.Host.IsShared(reference.Name))
            return;

        var own = subject.OwnAssemblies(reference.Name).Where(static i => i.Kind != ImageKind.Native && i.Kind != ImageKind.Foreign).ToList();
        var isEntry = image == subject.Entry;
        if (own.Count == 0)
        {
            if (!subject.Host.Framework.Contains(reference.Name))
                missing.Add(isEntry, $"{reference.Name} {reference.Version} (for '{image.RelativePath}')");
        }
        else if (own.Max(static i => i.Facts?.Version) is { } best && best < reference.Version && !subject.Host.Framework.Contains(reference.Name))
        {
            tooOld.Add(isEntry, $"{reference.Name} {reference.Version} (for '{image.RelativePath}', shipped is {best})");
        }
    }

    private static Finding Damaged(AssemblyImage image)
        => Finding.Error(VerificationCodes.DependencyDamaged, $"'{image.RelativePath}' is damaged: {image.Reason}.", "Copy it again.", new(image.RelativePath));

    /// <summary>What is wanting, told together: it mostly has one cause.</summary>
    private sealed class Demands
    {
        private readonly SortedSet<string> _entry = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _libraries = new(StringComparer.Ordinal);

        public void Add(bool isEntry, string demand) => (isEntry ? _entry : _libraries).Add(demand);

        public IEnumerable<Finding> Report(string code, string what, string remedy)
        {
            if (_entry.Count > 0)
                yield return Finding.Error(code, $"The plugin references assemblies that are {what}: {Names(_entry)}.", remedy);
            if (_libraries.Count > 0)
                yield return Finding.Warning(code, $"The plugin's libraries reference assemblies that are {what}: {Names(_libraries)}.", remedy);
        }

        private static string Names(SortedSet<string> names)
            => string.Join(", ", names.Take(NamesInMessage)) + (names.Count > NamesInMessage ? $" and {names.Count - NamesInMessage} more" : string.Empty);
    }
}
