using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>Along which tie another party's trouble reaches this one.</summary>
internal enum Channel : byte
{
    /// <summary>The other owes a debt this party answers for.</summary>
    GuaranteedDebtor,

    /// <summary>The other answers for this party's debt.</summary>
    Guarantor,

    /// <summary>This party holds a part of the other.</summary>
    HeldCompany,

    /// <summary>The other holds a part of this party.</summary>
    Holder,
}

/// <summary>A tie along which trouble travels to a party.</summary>
/// <param name="From">The troubled party.</param>
/// <param name="Weight">How much of its trouble arrives, in (0, 1].</param>
internal readonly record struct ContagionLink(int From, float Weight, Channel Channel);

/// <summary>
/// All ties along which one party's default hurts another, as compressed rows by the party that is hurt.
///
/// Weights: a debtor's default costs its guarantor the guaranteed amount, so the weight is that amount to the
/// guarantor's means; a guarantor's default leaves the debtor without that cover, so it is the amount to the debtor's
/// debt; a company's default costs its holder the share held; a holder's default costs the company the support of
/// that share. All are capped at 1; where the base is unknown the weight is 1. An amount nobody states is the
/// debtor's whole debt times the coverage.
/// </summary>
internal sealed class ContagionLinks
{
    private readonly int[] offsets;
    private readonly ContagionLink[] links;

    public ContagionLinks(Snapshot snapshot, Parties parties, MeansBook means, ContractBook contracts)
    {
        var ties = new List<(int Hurt, ContagionLink Link)>();
        AddGuarantees(snapshot, parties, means, contracts, ties);
        AddHoldings(snapshot, parties, ties);

        offsets = new int[parties.Count + 1];
        foreach (var (hurt, _) in ties)
            offsets[hurt + 1]++;
        for (var party = 0; party < parties.Count; party++)
            offsets[party + 1] += offsets[party];
        links = new ContagionLink[ties.Count];
        var next = offsets.AsSpan(0, parties.Count).ToArray();
        foreach (var (hurt, link) in ties)
            links[next[hurt]++] = link;
    }

    public ReadOnlySpan<ContagionLink> Of(int party) => links.AsSpan(offsets[party]..offsets[party + 1]);

    private static void AddGuarantees(
        Snapshot snapshot, Parties parties, MeansBook means, ContractBook contracts, List<(int, ContagionLink)> ties)
    {
        var table = snapshot.Relationship("GUARANTEES");
        var amounts = NumberColumn.Of(table, "amount");
        var coverages = NumberColumn.Of(table, "coverage");
        for (var guarantor = 0; guarantor < parties.Count; guarantor++)
        {
            var (start, end) = table.Out.Range(parties.NodeOf(guarantor));
            for (var edge = start; edge < end; edge++)
            {
                var debtor = parties.IndexOf(table.Out.Target(edge));
                if (debtor == guarantor)
                    continue;
                var coverage = double.IsNaN(coverages[edge]) ? 1 : coverages[edge];
                var amount = double.IsNaN(amounts[edge]) ? contracts.Debt[debtor] * coverage : amounts[edge];
                Add(ties, guarantor, debtor, amount, means.Means[guarantor], Channel.GuaranteedDebtor);
                Add(ties, debtor, guarantor, amount, contracts.Debt[debtor], Channel.Guarantor);
            }
        }
    }

    private static void AddHoldings(Snapshot snapshot, Parties parties, List<(int, ContagionLink)> ties)
    {
        var table = snapshot.Relationship("HOLDS");
        var shares = NumberColumn.Of(table, "share");
        var least = NumberColumn.Of(table, "shareMin");
        for (var holder = 0; holder < parties.Count; holder++)
        {
            var (start, end) = table.Out.Range(parties.NodeOf(holder));
            for (var edge = start; edge < end; edge++)
            {
                var company = parties.IndexOf(table.Out.Target(edge));
                var share = double.IsNaN(shares[edge]) ? Numbers.OrZero(least[edge]) : shares[edge];
                if (company == holder)
                    continue;
                Add(ties, holder, company, share, 1, Channel.HeldCompany);
                Add(ties, company, holder, share, 1, Channel.Holder);
            }
        }
    }

    private static void Add(List<(int, ContagionLink)> ties, int hurt, int from, double part, double whole, Channel channel)
    {
        var weight = whole > 0 ? Math.Min(1, part / whole) : 1;
        if (weight > 0)
            ties.Add((hurt, new ContagionLink(from, (float)weight, channel)));
    }
}
