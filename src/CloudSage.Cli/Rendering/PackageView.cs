using CloudSage.PluginHost.NuGet;
using CloudSage.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Cli.Rendering;

/// <summary>What would be installed.</summary>
internal static class PackageView
{
    public static IRenderable Of(PackagePlan plan)
    {
        var packages = new Table().Border(TableBorder.Simple).AddColumn("Package").AddColumn("Version").AddColumn("Licence").AddColumn("Signed by").AddColumn("Source");
        foreach (var package in plan.Packages)
        {
            packages.AddRow(
                PlainText.Escape(package.Id), PlainText.Escape(package.Version), PlainText.Escape(package.License ?? "-"),
                PlainText.Escape(package.Signature.IsSigned ? string.Join(", ", package.Signature.Signers.Select(static s => s.Subject ?? s.Fingerprint)) : "-"), PlainText.Escape(package.Source));
        }

        var provided = plan.Provided.Select(static p => new Text(PlainText.Line($"{p.Id} {p.Range} is the host's own: {p.HostVersion}.")));
        return new Rows([packages, .. provided, .. plan.Findings.Select(static f => new Text(PlainText.Line(f.ToString())))]);
    }

    public static IRenderable Of(IReadOnlyList<OutdatedPackage> outdated)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Package").AddColumn("Installed").AddColumn("Allowed").AddColumn("Latest");
        foreach (var package in outdated) table.AddRow(PlainText.Escape(package.Id), PlainText.Escape(package.Installed), PlainText.Escape(package.Allowed ?? (package.IsPinned ? "pinned" : "-")), PlainText.Escape(package.Latest ?? "-"));
        return new Rows([table, .. outdated.SelectMany(static o => o.Findings).Select(static f => new Text(PlainText.Line(f.ToString())))]);
    }
}
