using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.PluginHost.Verification;

/// <summary>
/// The entry type is there and can be made. Where the manifest names none, only the sure cases are reported: base types in other assemblies may hide what
/// a class implements.
/// </summary>
internal sealed class EntryTypeRule : IVerificationRule
{
    private const int NamesInMessage = 5;

    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var finding = subject.Manifest.EntryType is { } wanted ? CheckNamed(subject, wanted) : CheckOnly(subject);
        return finding is null ? [] : [finding];
    }

    private static Finding? CheckNamed(VerificationSubject subject, string wanted)
    {
        var location = subject.Manifest.Locate("entry_type");
        if (subject.EntryTypes.FirstOrDefault(t => t.FullName == wanted) is not { } type)
        {
            var usable = subject.EntryTypes.Where(static t => t is { IsUsable: true, Serves: not Service.None }).Select(static t => t.FullName).ToList();
            return Finding.Error(
                VerificationCodes.EntryTypeMissing, $"There is no type '{wanted}' in '{subject.Entry.RelativePath}'.",
                usable.Count == 0 ? "Correct entry_type: the full name, with namespace." : $"Correct entry_type, perhaps to {Names(usable)}.", location);
        }

        return type.IsUsable ? null : Finding.Error(
            VerificationCodes.EntryTypeUnfit, $"The entry type '{wanted}' cannot be made: it is {Flaw(type)}.",
            "Make it a public class that is neither abstract nor generic.", location);
    }

    private static Finding? CheckOnly(VerificationSubject subject)
    {
        var usable = subject.EntryTypes.Where(static t => t.IsUsable).ToList();
        var certain = usable.Where(static t => t.Serves == Service.Certain).Select(static t => t.FullName).ToList();
        if (certain.Count > 1)
        {
            return Finding.Error(
                VerificationCodes.SeveralEntryTypes, $"Several classes implement extension points: {Names(certain)}.",
                $"Say in the manifest which is the plugin, such as 'entry_type: {certain[0]}'.", subject.Manifest.Locate("entry_point"));
        }

        if (usable.Any(static t => t.Serves != Service.None))
            return null;

        var unfit = subject.EntryTypes.FirstOrDefault(static t => t.Serves == Service.Certain && t.Traits.HasFlag(TypeTraits.Class));
        return Finding.Error(
            VerificationCodes.NoEntryType,
            unfit is null
                ? $"No public class in '{subject.Entry.RelativePath}' implements an extension point."
                : $"'{unfit.FullName}' implements an extension point, but is {Flaw(unfit)}.",
            "Implement an extension point, such as ICostAnalysisHook, on a public class that is neither abstract nor generic.",
            new(subject.Entry.RelativePath));
    }

    private static string Flaw(TypeFacts type)
        => !type.Traits.HasFlag(TypeTraits.Class) ? "not a class"
            : !type.Traits.HasFlag(TypeTraits.Public) ? "not public"
            : type.Traits.HasFlag(TypeTraits.Abstract) ? "abstract or static"
            : "generic";

    private static string Names(List<string> names)
        => string.Join(", ", names.Take(NamesInMessage).Select(static n => $"'{n}'"))
            + (names.Count > NamesInMessage ? $" and {names.Count - NamesInMessage} more" : string.Empty);
}
