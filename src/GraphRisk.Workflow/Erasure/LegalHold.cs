using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GraphRisk.Workflow.Erasure;

/// <summary>A row of the table of legal holds: what forbids to erase a client.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Measure">How it is told, one of <see cref="HoldMeasures.Known"/>.</param>
/// <param name="Of">Types it looks at; empty where the measure says what.</param>
/// <param name="Years">Years that records are kept; null where it is no matter of time.</param>
/// <param name="Basis">The rule it rests on.</param>
public sealed record LegalHold(string Name, string Measure, ImmutableArray<string> Of, int? Years, string Basis);

/// <summary>A hold that is there.</summary>
/// <param name="Hold">The row.</param>
/// <param name="Why">What it rests on: which contracts, cases, entries.</param>
/// <param name="Until">The day on which it ends; null where that is no matter of time.</param>
public sealed record HoldFound(LegalHold Hold, string Why, DateOnly? Until);

/// <summary>The table of legal holds.</summary>
/// <param name="Holds">Its rows.</param>
/// <param name="Hash">SHA-256 of its text, hexadecimal.</param>
public sealed record LegalHoldTable(ImmutableArray<LegalHold> Holds, string Hash)
{
    private const string Header = "name,measure,of,years,basis";
    private const int Cells = 5;

    /// <summary>The shipped table.</summary>
    public static LegalHoldTable Shipped()
    {
        using var reader = new StreamReader(typeof(LegalHoldTable).Assembly.GetManifestResourceStream("legal-holds.csv")!, Encoding.UTF8);
        return Read("legal-holds.csv", reader.ReadToEnd());
    }

    /// <summary>Reads a table.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="InvalidDataException">It is none; the message names the line.</exception>
    public static LegalHoldTable Read(string file, string text)
    {
        var lines = text.Split('\n').Select((line, at) => (Text: line.TrimEnd('\r'), Number: at + 1)).Where(line => line.Text.Length > 0 && line.Text[0] != '#').ToList();
        if (lines.Count == 0 || lines[0].Text != Header) throw new InvalidDataException($"{file} is no table of legal holds: its heading is not '{Header}'.");
        var holds = lines.Skip(1).Select(line => RowOf(file, line)).ToImmutableArray();
        if (holds.GroupBy(hold => hold.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }) throw new InvalidDataException($"{file} has '{twice}' twice.");
        return new LegalHoldTable(holds, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static LegalHold RowOf(string file, (string Text, int Number) line)
    {
        if (line.Text.Split(',', Cells) is not [{ Length: > 0 } name, var measure, var of, var years, var basis]) throw Fault("is no row of five cells");
        if (!HoldMeasures.Known.Contains(measure)) throw Fault($"has the measure '{measure}'; there are {string.Join(", ", HoldMeasures.Known)}");
        int? kept = years.Length == 0 ? null : int.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100 ? number : throw Fault($"keeps '{years}' years, which is no number from 1 to 100");
        if (kept is null == (measure == HoldMeasures.Retention)) throw Fault($"is of the measure {measure} and says {(kept is null ? "no" : "some")} years");
        var types = of.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray();
        if (types.IsEmpty && measure is HoldMeasures.Retention or HoldMeasures.OpenCase) throw Fault("names no types");
        return new LegalHold(name, measure, types, kept, basis.Trim('"'));

        InvalidDataException Fault(string what) => new($"{file}, line {line.Number} {what}.");
    }
}
