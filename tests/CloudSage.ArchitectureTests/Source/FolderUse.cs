using Microsoft.CodeAnalysis;

namespace CloudSage.ArchitectureTests.Source;

/// <summary>A place where a source in one folder of a project uses a type that another folder of it declares.</summary>
internal sealed record FolderUse(string From, string To, BoundName Name)
{
    /// <summary>The uses between rooms: the first folders below a project, and "" for the project's own.</summary>
    public static IReadOnlyList<FolderUse> BetweenRooms(SourceProject project) => Between(project, project.RoomOf);

    /// <summary>The uses between all folders of a project.</summary>
    public static IReadOnlyList<FolderUse> BetweenFolders(SourceProject project) => Between(project, project.FolderOf);

    private static List<FolderUse> Between(SourceProject project, Func<string, string> folderOf) =>
    [
        .. from name in Bound.Names(project)
           from declared in DeclaredIn(name.Symbol)
           let use = new FolderUse(folderOf(name.File.Path), folderOf(declared), name)
           where use.From != use.To
           select use,
    ];

    public override string ToString() => $"{Name.Place}: {Title(From)} -> {Title(To)} ({Name.Node})";

    private static IEnumerable<string> DeclaredIn(ISymbol symbol)
    {
        var type = symbol as ITypeSymbol ?? symbol.ContainingType;
        return type is null ? [] : type.OriginalDefinition.Locations.Where(location => location.IsInSource).Select(location => location.SourceTree!.FilePath);
    }

    private static string Title(string room) => room.Length == 0 ? "the project's own folder" : room;
}
