namespace CloudSage.PluginHost.Verification;

/// <summary>No assembly that the host shares is needed in a higher version than the host has.</summary>
internal sealed class SharedVersionRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        foreach (var image in subject.Closure)
        {
            var isEntry = image == subject.Entry;
            foreach (var reference in image.Facts?.References ?? [])
            {
                // The entry's contract has a rule of its own.
                if ((isEntry && ContractRule.Is(reference.Name))
                    || !subject.Host.Shared.TryGetValue(reference.Name, out var has) || reference.Version <= has)
                    continue;

                // A library may never come to the code that needs it.
                yield return new Finding(
                    VerificationCodes.SharedTooOld, isEntry ? FindingSeverity.Error : FindingSeverity.Warning,
                    $"'{image.RelativePath}' needs {reference.Name} {reference.Version}; the host shares {has}.",
                    $"Reference {reference.Name} {has} or lower, or update the host.", new(image.RelativePath));
            }
        }
    }
}
