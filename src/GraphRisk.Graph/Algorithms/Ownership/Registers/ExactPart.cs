using GraphRisk.Graph.Algorithms.Linear;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>
/// What a holder has of a company in fractions that never round, where no circle stands between them: for parts that lie at a
/// threshold. Walks back from the company through the parties that a row has come by; more than a few of them, or a circle, and nothing is said.
/// </summary>
internal sealed class ExactPart(HoldingGraph holdings, RegisterShape shape)
{
    private const int MostParties = 64;

    private readonly Dictionary<int, Rational> parts = [];

    /// <summary>Whether the part is enough; null where that is not said.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="company">The company.</param>
    /// <param name="question">What is enough.</param>
    /// <param name="isMet">Whether a row of the holder has come by a party.</param>
    public bool? Reaches(int holder, int company, RegisterQuestion question, Func<int, bool> isMet)
    {
        if (DirectAlone(holder, company, isMet) is { } direct) return question.IsReachedBy(direct);
        parts.Clear();
        parts[holder] = Rational.One;
        // Of walks that do not return to the holder, a circle it stands in says nothing.
        if (question.Semantics != OwnershipSemantics.Corrected && IsInCircle(holder)) return null;
        if (Find(company, isMet) is not { } part) return null;
        var beyond = part.CompareTo(Rational.Of(question.Threshold));
        return question.IsStrict ? beyond > 0 : beyond >= 0;
    }

    private Rational? Find(int company, Func<int, bool> isMet)
    {
        if (parts.TryGetValue(company, out var known)) return known;
        if (parts.Count == MostParties || IsInCircle(company)) return null;
        var sum = Rational.Zero;
        foreach (var edge in holdings.EdgesInto(company))
        {
            var holding = holdings[edge];
            if (!isMet(holding.Holder) || holding.Equity.Share == 0) continue;
            if (Find(holding.Holder, isMet) is not { } above) return null;
            sum += above * Rational.Of(holding.Equity.Share);
        }

        return parts[company] = sum;
    }

    /// <summary>The part where nothing but a direct holding comes to a company outside circles; null elsewhere.</summary>
    private decimal? DirectAlone(int holder, int company, Func<int, bool> isMet)
    {
        if (IsInCircle(company) || IsInCircle(holder)) return null;
        decimal? direct = null;
        foreach (var edge in holdings.EdgesInto(company))
        {
            if (holdings[edge].Holder == holder) direct = holdings[edge].Equity.Share;
            else if (isMet(holdings[edge].Holder)) return null;
        }

        return direct;
    }

    private bool IsInCircle(int node) => (shape.Of(node) & RegisterTraits.InCircle) != 0;
}
