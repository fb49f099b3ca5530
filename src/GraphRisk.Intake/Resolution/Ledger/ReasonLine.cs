using System.Globalization;

namespace GraphRisk.Intake.Resolution.Ledger;

/// <summary>A reason of a judgement as it stands in the ledger: what was found, what it adds in bits, and the evidence.</summary>
/// <param name="Name">Of the row of the table, or of the rule.</param>
/// <param name="Bits">What it adds to the odds, base-two logarithm, two digits; negative where it speaks against.</param>
/// <param name="Evidence">What the records say; empty where it is about none.</param>
public readonly record struct ReasonLine(string Name, decimal Bits, string Evidence)
{
    private const string Mark = ": ";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name} {Bits:+0.00;-0.00;+0.00}{(Evidence.Length == 0 ? "" : Mark)}{Evidence}");

    /// <summary>Reads a line.</summary>
    /// <returns>Whether it is one of these; what persons write is not.</returns>
    public static bool TryRead(string line, out ReasonLine reason)
    {
        reason = default;
        var end = line.IndexOf(Mark, StringComparison.Ordinal);
        var head = end < 0 ? line : line[..end];
        var space = head.LastIndexOf(' ');
        if (space <= 0 || head.IndexOf(' ', StringComparison.Ordinal) != space || head[space + 1] is not ('+' or '-')
            || !decimal.TryParse(head.AsSpan(space + 1), NumberStyles.Number, CultureInfo.InvariantCulture, out var bits)) return false;
        reason = new ReasonLine(head[..space], bits, end < 0 ? "" : line[(end + Mark.Length)..]);
        return true;
    }
}
