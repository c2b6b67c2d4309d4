using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Advisories;

/// <summary>
/// Tells when plugins may be judged otherwise than before: the database was exchanged, damaged or mended, it has become too old, a waiver has ended, or the options have
/// changed. Listen with <see cref="ChangeToken.OnChange(Func{IChangeToken?}, Action)"/>, and ask <see cref="Scanning.AdvisoryScanner"/> what is known now.
/// </summary>
public interface IAdvisoryWatch
{
    /// <summary>A token for the next change.</summary>
    /// <returns>The token: it changes once, when what is new counts already.</returns>
    IChangeToken GetChangeToken();
}
