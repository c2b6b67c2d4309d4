using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal.Reports;

/// <summary>One bar of a chart, as wide as its share of the greatest; in plain characters where the terminal knows no others.</summary>
internal sealed class Bar(decimal value, decimal greatest, Style style) : Renderable
{
    private const int Width = 48;

    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(Math.Min(8, maxWidth), Math.Min(Width, maxWidth));

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var share = greatest <= 0 ? 0 : Math.Clamp(value / greatest, 0, 1);
        var length = (int)Math.Round(share * Math.Min(Width, maxWidth), MidpointRounding.AwayFromZero);
        // Something is not nothing, however little it is beside the greatest.
        if (value > 0 && length == 0) length = 1;
        return [new Segment(new string(options.Unicode ? '█' : '#', length), style)];
    }
}
