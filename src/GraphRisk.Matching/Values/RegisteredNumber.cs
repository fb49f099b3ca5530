using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Reads identifiers: letters and digits in capitals, under the rules of their scheme where it is known. What is masked, damaged by a
/// spreadsheet or typed to get past a form is none. A number whose register is told (<see cref="FeatureParts.RegisterMark"/>) keeps it
/// behind a slash where the same number is known of another register too; where it is not, the number alone is enough, and one
/// record that names the register meets another that does not.
/// </summary>
internal sealed class RegisteredNumber
{
    private readonly string? scheme;
    private readonly HashSet<string> shared = new(StringComparer.Ordinal);

    /// <param name="scheme">Scheme; null where none is known.</param>
    /// <param name="sample">Values of the column.</param>
    /// <param name="all">All values, read where the sample names registers.</param>
    public RegisteredNumber(string? scheme, IEnumerable<string> sample, IEnumerable<string> all)
    {
        this.scheme = scheme;
        if (!sample.Any(text => text.Contains(FeatureParts.RegisterMark, StringComparison.Ordinal))) return;
        var registers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var written in all)
        {
            var (number, register) = Parts(written);
            if (register is null) continue;
            if (registers.TryGetValue(number, out var other) && other != register) shared.Add(number);
            registers[number] = register;
        }
    }

    /// <summary>Adds the number.</summary>
    public void Read(string written, List<string> readings)
    {
        if (MissingWords.Contains(written)) return;
        var (number, register) = Parts(written);
        if (number.Length < 3 || IsFiller(number) || IdentifierText.IsMasked(written) || SpreadsheetDamage.IsPower(written)) return;
        if (scheme is not null && SpreadsheetDamage.Find(written, scheme) is not null) return;
        readings.Add(register is not null && shared.Contains(number) ? $"{number}/{register}" : number);
    }

    private (string Number, string? Register) Parts(string written)
    {
        var mark = written.IndexOf(FeatureParts.RegisterMark, StringComparison.Ordinal);
        var number = SpreadsheetDamage.Mend(mark < 0 ? written : written.AsSpan(0, mark)).Trim().ToString();
        var value = scheme is null ? IdentifierText.Normalise(number) : IdentifierSchemes.Read(scheme, number).Value;
        return (value, mark < 0 ? null : RegionNames.Read(written[(mark + 1)..]));
    }

    /// <summary>One character all through, or a run such as 123456789; a number of few digits may well be a run.</summary>
    private static bool IsFiller(string number) => number.Length >= 6 ? FillerValue.Is(number) : number.AsSpan().IndexOfAnyExcept(number[0]) < 0;
}
