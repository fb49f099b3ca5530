using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// What pooled votes weigh in a company.
/// <para>
/// Certain votes are the sum of the lower ends. Possible ones are the sum of the upper ends, but no more than what the certain votes of
/// all others leave: two that may have 40% each beside a third who has 50% have 50% together, not 80%. Companies whose certain votes
/// add to more than the whole are taken as stated. Either end is reached by votes that agree with all statements, one company's
/// independent of another's.
/// </para>
/// <para>
/// Where treasury shares are cancelled, the whole is what the company does not hold of itself. A part x of the whole beside own shares s
/// weighs x / (1 - s): at the upper end own shares are as many as leave x what it may have, which is never worse (with
/// x + s = R ≤ 1 the weight falls as s grows). Comparisons multiply and do not divide. Cost: a possible sum looks at all holdings of
/// the company.
/// </para>
/// </summary>
/// <param name="holdings">The holdings.</param>
/// <param name="parameters">When votes control.</param>
/// <param name="measure">What stands for votes: the votes, or the equity where a rule pools that.</param>
internal sealed class VoteScale(HoldingGraph holdings, ControlParameters parameters, ShareMeasure measure = ShareMeasure.Votes)
{
    private static readonly ShareInterval None = ShareInterval.Exactly(0);

    /// <summary>What of a holding is pooled.</summary>
    public ShareInterval Of(Holding holding) => measure == ShareMeasure.Votes ? holding.Votes : holding.Equity;

    /// <summary>Whether the votes of a holding count at all.</summary>
    public bool Counts(Holding holding) => holding.Holder != holding.Company || Treasury(holding.Company) == None;

    /// <summary>Whether votes could control a company if all that are possible came together; false settles it, true does not.</summary>
    /// <param name="most">Sum of the upper ends.</param>
    /// <param name="company">Node of the company.</param>
    public bool MayCommand(decimal most, int company) => most >= parameters.Majority * (1 - Treasury(company).Upper);

    /// <summary>Whether pooled votes control a company.</summary>
    public bool Commands(ShareInterval pooled, int company)
    {
        if (pooled.Upper == 0) return false;
        var (votes, whole) = Weigh(pooled, company);
        var limit = parameters.Majority * whole;
        return LegalThreshold.Reaches(votes, limit, parameters.Operator)
            || (parameters.Bound == ShareBound.Lower && pooled.LowerOpen && votes == limit);
    }

    /// <summary>The part of the votes that count.</summary>
    public decimal PartOf(ShareInterval pooled, int company)
    {
        var (votes, whole) = Weigh(pooled, company);
        return whole == 1 ? votes : votes / whole;
    }

    /// <summary>The part of the votes that count, as far as it is known: no more than what the certain votes of all others leave.</summary>
    public ShareInterval Within(ShareInterval pooled, int company)
    {
        var own = Treasury(company);
        if (pooled.Lower == pooled.Upper) return own == None ? pooled : pooled.Beside(own);
        var certain = 0m;
        foreach (var edge in holdings.EdgesInto(company)) certain += Of(holdings[edge]).Lower;
        var most = Math.Max(pooled.Lower, Math.Min(pooled.Upper, Math.Max(1, certain) - (certain - pooled.Lower)));
        var part = pooled with { Share = Math.Min(pooled.Share, most), Upper = most };
        return own == None ? part : part.Beside(own);
    }

    private (decimal Votes, decimal Whole) Weigh(ShareInterval pooled, int company)
    {
        var own = Treasury(company);
        if (parameters.Bound != ShareBound.Upper) return (pooled.At(parameters.Bound), 1 - own.At(parameters.Bound));
        if (!LegalThreshold.Reaches(pooled.Upper, parameters.Majority * (1 - own.Upper), parameters.Operator)) return (pooled.Upper, 1 - own.Lower);
        var certain = 0m;
        foreach (var edge in holdings.EdgesInto(company)) certain += Of(holdings[edge]).Lower;
        var others = certain - pooled.Lower - own.Lower;
        var left = Math.Max(1, certain) - others;
        var kept = Math.Max(own.Lower, Math.Min(own.Upper, left - pooled.Upper));
        return (Math.Min(pooled.Upper, left - kept), 1 - kept);
    }

    /// <summary>The votes taken out of the whole: the company's own, unless it has all of them.</summary>
    private ShareInterval Treasury(int company) =>
        parameters.Treasury == TreasuryShares.Cancelled && holdings.Find(company, company) is { } held && Of(held) is { Upper: < 1 } own ? own : None;
}
