using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// What pooled votes weigh in a company.
/// <para>
/// Certain votes are the sum of the lower ends. Possible ones are the sum of the upper ends, but no more than what the certain votes of
/// all others leave: two that may have 40% each beside a third who has 50% have 50% together, not 80%. Companies whose certain votes
/// add to more than the whole are taken as stated. An end that is excluded, or that others keep by having more than theirs, is not
/// reached: less than half is no half. Either other end is reached by votes that agree with all statements, one company's
/// independent of another's.
/// </para>
/// <para>
/// Where treasury shares are cancelled, the whole is what the company does not hold of itself. A part x of the whole beside own shares s
/// weighs x / (1 - s): at the upper end own shares are as many as leave x what it may have, which is never worse (with
/// x + s = R ≤ 1 the weight falls as s grows). Comparisons multiply and do not divide. Cost: a possible sum looks at all holdings of
/// the company.
/// </para>
/// <para>
/// Where reciprocal votes are cancelled, votes in a company of those it controls (<see cref="ReciprocalHolders"/>) are taken out like its own. Where it is open whether it controls one, the lower end
/// pools that one's votes nowhere and leaves them in the whole, the upper end does the contrary: both ends hold, and need not both be reached.
/// </para>
/// </summary>
/// <param name="holdings">The holdings.</param>
/// <param name="parameters">When votes control.</param>
/// <param name="measure">What stands for votes: the votes, or the equity where a rule pools that.</param>
internal sealed class VoteScale(HoldingGraph holdings, ControlParameters parameters, ShareMeasure measure = ShareMeasure.Votes)
{
    private static readonly ShareInterval None = ShareInterval.Exactly(0);

    private readonly ReciprocalHolders? reciprocal = parameters.Reciprocal == ReciprocalVotes.Cancelled ? new ReciprocalHolders(holdings, parameters) : null;

    /// <summary>Finds what is taken out of a company's votes, before these are counted.</summary>
    public void Prepare(int company, WorkMeter meter) => reciprocal?.Of(company, meter);

    /// <summary>What of a holding is pooled.</summary>
    public ShareInterval Of(Holding holding) => measure == ShareMeasure.Votes ? holding.Votes : holding.Equity;

    /// <summary>Whether the votes of a holding count at all.</summary>
    public bool Counts(Holding holding)
    {
        var (part, isOpen) = TakenOut(holding.Company);
        if (part == None || (isOpen && parameters.Bound == ShareBound.Upper)) return true;
        if (holding.Holder == holding.Company) return parameters.Treasury == TreasuryShares.Counted;
        if (reciprocal is null) return true;
        var holders = reciprocal.Of(holding.Company, WorkMeter.Unlimited);
        return !(parameters.Bound == ShareBound.Lower ? holders.Possible : holders.Certain).Contains(holding.Holder);
    }

    /// <summary>Whether votes could control a company if all that are possible came together; false settles it, true does not.</summary>
    /// <param name="most">Sum of the upper ends.</param>
    /// <param name="company">Node of the company.</param>
    public bool MayCommand(decimal most, int company) => most >= parameters.Majority * (1 - Treasury(company).Upper);

    /// <summary>Whether pooled votes control a company.</summary>
    public bool Commands(ShareInterval pooled, int company)
    {
        if (pooled.Upper == 0) return false;
        var (votes, whole, isOpen) = Weigh(pooled, company);
        return LegalThreshold.Reaches(votes, parameters.Majority * whole, parameters.Operator, parameters.Bound, isOpen);
    }

    /// <summary>The part of the votes that count.</summary>
    public decimal PartOf(ShareInterval pooled, int company) => EndOf(pooled, company).Part;

    /// <summary>The part of the votes that count, and whether it lies beside that.</summary>
    public (decimal Part, bool IsOpen) EndOf(ShareInterval pooled, int company)
    {
        var (votes, whole, isOpen) = Weigh(pooled, company);
        var part = whole == 1 || votes == 0 ? votes : whole <= 0 ? 1 : votes / whole;
        return (reciprocal is null ? part : Math.Min(part, Math.Max(1, votes)), isOpen && pooled.Upper > 0);
    }

    /// <summary>The part of the votes that count, as far as it is known: no more than what the certain votes of all others leave.</summary>
    public ShareInterval Within(ShareInterval pooled, int company)
    {
        var own = Treasury(company);
        if (pooled.Lower == pooled.Upper) return own == None ? pooled : pooled.Beside(own);
        var certain = Certain(company);
        var part = pooled.AtMost(Math.Max(1, certain) - (certain - pooled.Lower), certain < 1 && OthersAreMore(pooled, company));
        return own == None ? part : part.Beside(own);
    }

    /// <summary>The votes, the whole they are a part of, and whether they come near to that part and do not reach it (or, of lower ends, are more).</summary>
    private (decimal Votes, decimal Whole, bool IsOpen) Weigh(ShareInterval pooled, int company)
    {
        var own = Treasury(company);
        if (parameters.Bound != ShareBound.Upper) return (pooled.At(parameters.Bound), 1 - own.At(parameters.Bound), pooled.IsOpen(parameters.Bound) || own.IsOpen(parameters.Bound));
        if (!LegalThreshold.Reaches(pooled.Upper, parameters.Majority * (1 - own.Upper), parameters.Operator)) return (pooled.Upper, 1 - own.Lower, pooled.UpperOpen);
        var certain = Certain(company);
        var others = certain - pooled.Lower - own.Lower;
        var left = Math.Max(1, certain) - others;
        var kept = Math.Max(own.Lower, Math.Min(own.Upper, left - pooled.Upper));
        var byOwnEnd = pooled.Upper <= left - kept && (pooled.UpperOpen || (own.UpperOpen && kept == own.Upper));
        var byOthers = left - kept <= pooled.Upper && left - kept > pooled.Lower && certain < 1 && OthersAreMore(pooled, company);
        return (Math.Min(pooled.Upper, left - kept), 1 - kept, byOwnEnd || byOthers);
    }

    /// <summary>
    /// Whether somebody outside a pool has more than a lower end. Where the pool has such a holding too, it is not told whose the others
    /// are, and what the pool may come to is taken to be reached.
    /// </summary>
    private bool OthersAreMore(ShareInterval pooled, int company)
    {
        if (pooled.LowerOpen) return false;
        foreach (var edge in holdings.EdgesInto(company))
            if (holdings[edge] is var holding && holding.Holder != company && Of(holding).LowerOpen) return true;
        return false;
    }

    private decimal Certain(int company)
    {
        var certain = 0m;
        foreach (var edge in holdings.EdgesInto(company)) certain += Of(holdings[edge]).Lower;
        return certain;
    }

    private ShareInterval Treasury(int company) => TakenOut(company).Part;

    /// <summary>The votes taken out of the whole: the company's own and those of whom it controls, unless these are all of them; and whether it is open that they are.</summary>
    private (ShareInterval Part, bool IsOpen) TakenOut(int company)
    {
        var own = parameters.Treasury == TreasuryShares.Cancelled && holdings.Find(company, company) is { } held ? Of(held) : None;
        if (reciprocal?.Of(company, WorkMeter.Unlimited) is not { Possible.Count: > 0 } holders) return (own.Upper < 1 || own.UpperOpen ? own : None, false);
        var (taken, least) = (own, own.Lower);
        foreach (var edge in holdings.EdgesInto(company))
        {
            var holding = holdings[edge];
            if (!holders.Possible.Contains(holding.Holder)) continue;
            taken += holders.Certain.Contains(holding.Holder) ? Of(holding) : new ShareInterval(0, 0, Of(holding).Upper);
            least += Of(holding).Lower;
        }

        if (parameters.Bound == ShareBound.Stated) return (taken.Share < 1 ? taken : None, false);
        if (taken.Lower >= 1) return (None, false);
        // The upper end takes out whatever may be taken out, certain votes of whom it may control among them.
        if (parameters.Bound == ShareBound.Upper) return (new ShareInterval(Math.Min(1, least), Math.Min(1, least), Math.Min(1, taken.Upper)), taken.Upper >= 1);
        return taken.Upper >= 1 ? (new ShareInterval(0, 0, 1), true) : (taken, false);
    }
}
