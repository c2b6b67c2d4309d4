using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>Data walks through the engine one way: a room uses the rooms before it.</summary>
public sealed class RoomTests
{
    /// <summary>
    /// The rooms, each of which may use those before it. Discovery reads manifests to know whether a candidate is complete, and what is
    /// unloaded is what a runtime runs: so Manifests comes before Discovery, and Runtimes before Unloading.
    /// </summary>
    private static readonly string[] Order =
    [
        "", "Manifests", "Discovery", "Staging", "Verification", "Registration", "Resolution", "Loading", "Activation", "Brokering", "Triggers",
        "Runtimes", "Unloading", "Services", "Lifecycle", "Hosting",
    ];

    private static SourceProject Engine => Repository.Products.Single(project => project.Name == "CloudSage.PluginHost");

    [Test]
    public void Every_folder_of_the_engine_is_a_room()
        => Engine.Sources.Select(source => Engine.RoomOf(source.Path)).Distinct().Should().BeSubsetOf(Order);

    [Test]
    public void A_room_uses_only_the_rooms_before_it()
    {
        var uses = FolderUse.BetweenRooms(Engine);
        uses.Should().Contain(use => use.From == "Hosting" && use.To == "Lifecycle", "otherwise the names were not bound and nothing was checked");
        Rule.Holds($"A room may use only those before it: {string.Join(", ", Order.Skip(1))}. The engine's own folder uses no room.",
            uses.Where(use => Array.IndexOf(Order, use.To) > Array.IndexOf(Order, use.From)).Select(use => use.ToString()));
    }

    [Test]
    public void No_project_has_a_circle_of_folders()
        => Rule.Holds("Folders use each other in a circle.",
            from project in Repository.Products
            // The rarest use is mostly the one that should not be there.
            from same in Circle([.. FolderUse.BetweenFolders(project).Where(use => !IsComposition(use))]).GroupBy(use => (use.From, use.To)).OrderBy(uses => uses.Count()).Take(5)
            from use in same.Take(3)
            select use.ToString());

    /// <summary>A program's first file puts everything together; nothing can use it.</summary>
    private static bool IsComposition(FolderUse use) => use.From.Length == 0 && Path.GetFileName(use.Name.File.Path) == "Program.cs";

    /// <summary>What is left when folders that use nothing, or that nothing uses, are taken away one after another.</summary>
    private static List<FolderUse> Circle(List<FolderUse> uses)
    {
        while (true)
        {
            var users = uses.Select(use => use.From).ToHashSet();
            var used = uses.Select(use => use.To).ToHashSet();
            if (uses.RemoveAll(use => !users.Contains(use.To) || !used.Contains(use.From)) == 0) return uses;
        }
    }
}
