using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership.Registers;

/// <summary>
/// Who owns enough of which company, for all companies of a register in one pass.
/// <para>
/// Asked company by company (<see cref="OwnershipLookThrough.OwnersOf"/>), the owners of a hundred thousand subsidiaries of one group would be
/// looked through the same circle a hundred thousand times. Here it is looked at from the owners: each holder that can own enough of
/// anything is followed downwards once (<see cref="RegisterRows"/>), components in order, circles by their factors.
/// </para>
/// <para>
/// Two things are left out, and neither loses a pair (<see cref="RegisterShape"/> has the proofs of the bounds):
/// </para>
/// <list type="bullet">
/// <item>A holder whose direct parts, each times the most that anything can grow to downwards, add to less than the threshold. For
/// N(h, c) = Σ share(h, k) N(k, c), and N(k, c) is at most its bound. Of a company that is not over-allocated at most 1 / t holders
/// directly have t or more, so in a large register most are passed over at a glance.</item>
/// <item>A hanging company, and all below it, at which too little arrives: all that the holder has below comes through this one edge, and is
/// what arrives times a product of shares that is known. The hanging companies above a direct holding of the same holder are kept,
/// since there a second part would be missed.</item>
/// </list>
/// <para>
/// Cutting what is small elsewhere would lose pairs: twenty parts of 2% that meet again below are 40%.
/// </para>
/// <para>
/// What rows cannot settle is asked company by company, so that there is one definition of it: companies below holdings known by
/// bounds or below circles without a finite sum, simple paths below circles (only where the walks, which are more, come to the threshold),
/// and pairs nearer to the threshold than numbers of sixteen digits tell; a direct part alone is compared as a decimal, at once.
/// </para>
/// <para>Cost: the holders followed times what lies below each and does not hang; memory: some numbers a node, and the pairs.</para>
/// </summary>
public sealed class RegisterOwnership(HoldingGraph holdings, LookThroughParameters? parameters = null)
{
    private readonly LookThroughParameters parameters = parameters ?? LookThroughParameters.Default;

    /// <summary>All pairs at or above a threshold.</summary>
    /// <param name="question">Which pairs.</param>
    /// <param name="meter">Pays for it.</param>
    public RegisterAnswer Find(RegisterQuestion question, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var shape = new RegisterShape(holdings, parameters, paid);
        var rows = new RegisterRows(holdings, shape, question, parameters.ResidualLimit, paid);
        var swept = 0;
        for (var company = 0; company < holdings.NodeCount; company++) rows.IsAsked[company] = shape.IsApart(company);
        for (var holder = 0; holder < holdings.NodeCount; holder++)
            if (rows.Follow(holder)) swept++;
        rows.Pairs.RemoveAll(pair => rows.IsAsked[pair.Company]);
        var findings = new SortedDictionary<(OwnershipFindingKind, int), OwnershipFinding>();
        var asked = Ask(rows, question, findings, paid);
        rows.Pairs.Sort(static (left, right) => left.Company != right.Company ? left.Company.CompareTo(right.Company) : left.Holder.CompareTo(right.Holder));
        return new RegisterAnswer([.. rows.Pairs], [.. holdings.Findings, .. findings.Values], swept, asked);
    }

    private int Ask(RegisterRows rows, RegisterQuestion question, SortedDictionary<(OwnershipFindingKind, int), OwnershipFinding> findings, WorkMeter meter)
    {
        var lookThrough = new OwnershipLookThrough(holdings, parameters);
        var known = holdings.Findings.Select(finding => finding.Kind).ToImmutableHashSet();
        var asked = 0;
        for (var company = 0; company < rows.IsAsked.Length; company++)
        {
            if (!rows.IsAsked[company]) continue;
            asked++;
            var answer = lookThrough.OwnersOf(company, question.Semantics, question.Threshold, meter);
            foreach (var stake in answer.Stakes)
                if (question.IsReachedBy(stake.Rounded) && (stake.Holder != company || question.SelfPairs))
                    rows.Pairs.Add(new OwnershipPair(stake.Holder, company, stake.Share, stake.Lower, stake.Upper));
            foreach (var finding in answer.Findings)
                if (!known.Contains(finding.Kind)) findings.TryAdd((finding.Kind, finding.Companies.FirstOrDefault(-1)), finding);
        }

        return asked;
    }
}
