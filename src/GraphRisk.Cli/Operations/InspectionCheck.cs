using System.Globalization;
using System.Text;

namespace GraphRisk.Cli.Operations;

/// <summary>What came of a check: nothing to do, somebody has to look, somebody has to act at once; or it does not apply here.</summary>
internal enum InspectionState
{
    None,
    Green,
    Amber,
    Red,
}

/// <summary>What was measured.</summary>
/// <param name="Value">The value, in the check's unit; null where the check does not apply.</param>
/// <param name="Detail">What was seen, in words: which ones, or why it does not apply.</param>
internal sealed record Measured(decimal? Value, string Detail = "")
{
    /// <summary>Why it could not be measured, which is red; null where it could.</summary>
    public string? Fault { get; init; }

    /// <summary>Whether somebody has to look whatever the value, as where something was never done.</summary>
    public bool IsAtLeastAmber { get; init; }
}

/// <summary>A row of the table of checks.</summary>
/// <param name="Name">Its name, under which it is measured and its texts stand.</param>
/// <param name="IsWorseAbove">Whether higher values are worse.</param>
/// <param name="Amber">The first amber value; null where none is amber.</param>
/// <param name="Red">The first red value; null where none is red.</param>
internal sealed record InspectionCheck(string Name, bool IsWorseAbove, decimal? Amber, decimal? Red)
{
    private const string Header = "name,worse,amber,red";

    /// <summary>The shipped checks.</summary>
    public static IReadOnlyList<InspectionCheck> Shipped()
    {
        using var reader = new StreamReader(typeof(InspectionCheck).Assembly.GetManifestResourceStream("inspection-checks.csv")!, Encoding.UTF8);
        return Read("inspection-checks.csv", reader.ReadToEnd());
    }

    /// <summary>Reads a table of checks.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="UserErrorException">It is no table of checks; the message names the line.</exception>
    public static IReadOnlyList<InspectionCheck> Read(string file, string text)
    {
        var lines = text.Split('\n').Select((line, at) => (Text: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count < 2 || lines[0].Text != Header) throw new UserErrorException($"{file} has no checks under the heading '{Header}'.");
        var checks = lines.Skip(1).Select(line => RowOf(file, line)).ToList();
        if (checks.GroupBy(check => check.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }) throw new UserErrorException($"{file} has '{twice}' twice.");
        return checks;
    }

    /// <summary>What a value means.</summary>
    public InspectionState StateOf(Measured measured) => measured switch
    {
        { Fault: not null } => InspectionState.Red,
        { Value: not { } } => InspectionState.None,
        { Value: { } value } => IsBeyond(value, Red) ? InspectionState.Red : measured.IsAtLeastAmber || IsBeyond(value, Amber) ? InspectionState.Amber : InspectionState.Green,
    };

    private bool IsBeyond(decimal value, decimal? limit) => limit is { } first && (IsWorseAbove ? value >= first : value <= first);

    private static InspectionCheck RowOf(string file, (string Text, int Number) line)
    {
        if (line.Text.Split(',') is not [var name, var worse, var amber, var red]) throw Fault("is no row of four cells");
        if (!InspectionMeasures.Known.Contains(name)) throw Fault($"names '{name}', which nothing measures; there are {string.Join(", ", InspectionMeasures.Known)}");
        if (worse is not ("ABOVE" or "BELOW")) throw Fault($"says worse '{worse}', which is neither ABOVE nor BELOW");
        var check = new InspectionCheck(name, worse == "ABOVE", Limit(amber), Limit(red));
        if (check is { Amber: { } first, Red: { } last } && (check.IsWorseAbove ? last < first : last > first)) throw Fault("is red before it is amber");
        return check;

        decimal? Limit(string cell) => cell.Length == 0 ? null
            : decimal.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var limit) ? limit : throw Fault($"has the limit '{cell}', which is no number");
        UserErrorException Fault(string what) => new($"{file}, line {line.Number} {what}.");
    }
}
