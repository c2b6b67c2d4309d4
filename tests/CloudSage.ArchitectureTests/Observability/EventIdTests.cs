using System.Globalization;
using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Observability;

/// <summary>An event id says where a log line comes from, so no two lines share one.</summary>
public sealed class EventIdTests
{
    private static readonly List<(AttributeSyntax Attribute, SourceFile Source, int? Id)> Events =
    [
        .. from project in Repository.Products
           from source in project.Sources
           from attribute in source.Nodes<AttributeSyntax>()
           where attribute.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute"
           select (attribute, source, Id(attribute)),
    ];

    [Test]
    public void Ids_are_numbers()
    {
        Events.Should().NotBeEmpty();
        Rule.Holds("A log method has no event id, or one that is not a plain number.",
            Events.Where(found => found.Id is null).Select(found => SourceFile.Place(found.Attribute)));
    }

    [Test]
    public void Ids_are_unique()
        => Rule.Holds("Two log methods have one event id.",
            from found in Events
            group SourceFile.Place(found.Attribute) by found.Id into same
            where same.Count() > 1
            select $"{same.Key}: {string.Join(", ", same)}");

    [Test]
    public void Ids_are_in_the_range_of_their_room()
        => Rule.Holds("An event id is outside the range of its room (see NumberRange).",
            from found in Events
            let range = NumberRange.Of(found.Source)
            where found.Id is { } id && range?.Holds(id) != true
            select $"{SourceFile.Place(found.Attribute)}: {found.Id}, expected {range?.ToString() ?? "a range for this room"}");

    [Test]
    public void Log_methods_lie_in_a_log_beside_their_feature()
        => Rule.Holds("A log method lies outside a Log.cs.",
            from found in Events
            where Path.GetFileName(found.Source.Path) != "Log.cs"
            select SourceFile.Place(found.Attribute));

    private static int? Id(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var id = arguments.FirstOrDefault(argument => argument.NameEquals?.Name.ToString() == "EventId")
            ?? arguments.FirstOrDefault(argument => argument.NameEquals is null);
        return int.TryParse(id?.Expression.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
