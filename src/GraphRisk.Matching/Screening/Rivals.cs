using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Matching.Screening;

/// <summary>
/// Weighs the hits of one question against each other: nobody stands on one list twice, so what speaks for one of its entries speaks against the
/// others. An entry's odds become o / (1 + sum of the odds of the others of its list), which the points tell as a reason of its own; the
/// probabilities of a list's entries add up to one at most. Entries that have no list in common are no rivals: one party stands on many.
/// </summary>
public static class Rivals
{
    /// <summary>Points below which rivals are not worth a word.</summary>
    private const double Least = 0.05;

    /// <summary>The hits with what their rivals take from them, in the order given.</summary>
    public static IEnumerable<ScreeningHit> Weigh(IReadOnlyCollection<ScreeningHit> hits)
    {
        foreach (var hit in hits)
        {
            var rivals = hits.Where(other => other != hit && other.Entry.Lists.Intersect(hit.Entry.Lists, StringComparer.Ordinal).Any()).ToList();
            var taken = Math.Log2(1 + rivals.Sum(OddsOf));
            yield return taken < Least ? hit : hit with { Points = hit.Points.Add(new ScreeningPoint(ScreeningEvidence.Rival, -taken, string.Create(CultureInfo.InvariantCulture, $"{rivals.Count} other entries of the list"))) };
        }
    }

    private static double OddsOf(ScreeningHit hit) => Math.Pow(2, Math.Min(500, hit.Total));
}
