using System.Globalization;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import.BeneficialOwnership;

/// <summary>
/// Keeps what the versions of a record said, so that a later one takes the place of an earlier one from the right day on.
/// A version whose start differs holds from its start; one that changes a number but not the start holds from the day it
/// was stated, for the earlier number was true until then as far as anyone said; one that says the same changes nothing.
/// A tie that a version no longer names, or that is closed without an end, ends on the day of that version. Versions of a
/// record must come in the order in which they were made.
/// </summary>
internal sealed class BodsVersions
{
    private readonly Dictionary<string, List<Known>> records = new(StringComparer.Ordinal);

    private readonly record struct Known(BodsTie Tie, Validity Validity);

    /// <summary>The ties of a version with the time for which each holds, those that it ends included.</summary>
    /// <exception cref="BodsFault">A tie ends before it begins.</exception>
    public IReadOnlyList<(BodsTie Tie, Validity Validity)> Next(BodsStatement statement, IReadOnlyList<BodsTie> ties)
    {
        var before = records.GetValueOrDefault(statement.RecordId) ?? [];
        var now = new List<Known>(ties.Count);
        foreach (var tie in ties)
        {
            var earlier = before.Find(known => known.Tie.Relationship == tie.Relationship && known.Tie.Key == tie.Key);
            now.Add(new Known(tie, ValidityOf(statement, tie, earlier.Tie is null ? null : earlier)));
        }

        var ended = before
            .Where(known => !now.Exists(other => other.Tie.Relationship == known.Tie.Relationship && other.Tie.Key == known.Tie.Key))
            .Select(known => known with { Validity = known.Validity with { To = EndOf(statement, known.Validity) } }).ToList();
        records[statement.RecordId] = now;
        return [.. ended.Concat(now).Select(known => (known.Tie, known.Validity))];
    }

    private static Validity ValidityOf(BodsStatement statement, BodsTie tie, Known? earlier)
    {
        var stated = Validity.Between(tie.Start, tie.End);
        if (earlier is { } known && known.Tie.Start == tie.Start)
        {
            var made = statement.Date is { } date ? Validity.StartOf(date) : known.Validity.From;
            var moves = !known.Tie.Values.Equals(tie.Values) && made > known.Validity.From && made < stated.To;
            stated = stated with { From = moves ? made : known.Validity.From };
        }

        if (statement.Status == "closed" && tie.End is null) stated = stated with { To = EndOf(statement, stated) };
        if (stated.From < stated.To) return stated;
        var (from, to) = (stated.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), stated.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        throw new BodsFault("endDate", $"is {to}, which is not behind the start, {from}");
    }

    /// <summary>The day of the statement, or the instant after the start where that is not behind it.</summary>
    private static DateTimeOffset EndOf(BodsStatement statement, Validity validity)
    {
        var made = statement.Date is { } date ? Validity.StartOf(date) : validity.To;
        return made > validity.From ? made : validity.From.AddMilliseconds(1);
    }
}
