using System.Collections.Immutable;
using System.Runtime.InteropServices;

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
/// <item>A holder whose direct parts, each times the most that its company can have of anything, add to less than the threshold. For
/// N(h, c) = Σ share(h, k) N(k, c), and the held come before their holders, so that N(k, c) of other
/// companies c is bounded by what was found of k. Of a company that is not over-allocated at most 1 / t holders directly have t or
/// more, so in a large register most are passed over at a glance.</item>
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
/// and pairs nearer to the threshold than numbers of sixteen digits tell, unless no circle stands between the two: then fractions settle it at once
/// (<see cref="ExactPart"/>).
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
        for (var company = 0; company < holdings.NodeCount; company++) rows.IsAsked[company] = (shape.Of(company) & RegisterTraits.Apart) != 0;
        for (var component = 0; component < shape.Components.Count; component++)
            foreach (var holder in shape.Components.Members(component))
                if (rows.Follow(holder)) swept++;
        var findings = new SortedDictionary<(OwnershipFindingKind, int), OwnershipFinding>();
        var asked = Ask(rows, question, findings, paid);
        return new RegisterAnswer(ByCompany(rows.Pairs), [.. holdings.Findings, .. findings.Values], swept, asked);
    }

    /// <summary>The pairs by company, then holder. Counted by company, then sorted where a company's are out of order.</summary>
    private ImmutableArray<OwnershipPair> ByCompany(List<OwnershipPair> pairs)
    {
        var next = new int[holdings.NodeCount + 1];
        foreach (var pair in pairs) next[pair.Company + 1]++;
        for (var company = 0; company < holdings.NodeCount; company++) next[company + 1] += next[company];
        var ordered = new OwnershipPair[pairs.Count];
        foreach (var pair in pairs) ordered[next[pair.Company]++] = pair;
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].Company != ordered[i - 1].Company || ordered[i].Holder > ordered[i - 1].Holder) continue;
            var (start, end) = (i - 1, i + 1);
            while (start > 0 && ordered[start - 1].Company == ordered[i].Company) start--;
            while (end < ordered.Length && ordered[end].Company == ordered[i].Company) end++;
            ordered.AsSpan(start..end).Sort(static (left, right) => left.Holder.CompareTo(right.Holder));
            i = end - 1;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(ordered);
    }

    private int Ask(RegisterRows rows, RegisterQuestion question, SortedDictionary<(OwnershipFindingKind, int), OwnershipFinding> findings, WorkMeter meter)
    {
        if (!Array.Exists(rows.IsAsked, isAsked => isAsked)) return 0;
        rows.Pairs.RemoveAll(pair => rows.IsAsked[pair.Company]);
        var lookThrough = new OwnershipLookThrough(holdings, parameters);
        var known = holdings.Findings.Select(finding => finding.Kind).ToImmutableHashSet();
        var asked = 0;
        for (var company = 0; company < rows.IsAsked.Length; company++)
        {
            if (!rows.IsAsked[company]) continue;
            asked++;
            var answer = lookThrough.OwnersOf(company, question.OfOne, meter);
            foreach (var stake in answer.Stakes) rows.Pairs.Add(new OwnershipPair(stake.Holder, company, stake.Share, stake.Lower, stake.Upper));
            foreach (var finding in answer.Findings)
                if (!known.Contains(finding.Kind)) findings.TryAdd((finding.Kind, finding.Companies.FirstOrDefault(-1)), finding);
        }

        return asked;
    }
}
