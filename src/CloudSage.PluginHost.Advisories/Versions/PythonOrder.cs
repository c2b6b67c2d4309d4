namespace CloudSage.PluginHost.Advisories.Versions;

/// <summary>The order of <see href="https://peps.python.org/pep-0440/">PEP 440</see>.</summary>
internal sealed class PythonOrder : IVersionOrder
{
    public IComparable? Read(string text) => PythonVersion.Parse(text);
}
