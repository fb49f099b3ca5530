using GraphRisk.Scoring.Features.Books;
using GraphRisk.Scoring.Features.Families;

namespace GraphRisk.Scoring.Features;

/// <summary>
/// Which other parties make up a feature that is a sum over them, and what each gives: the weight of its tie times its heat or
/// stress, its debt, or one for being counted. A feature that is one party's extreme (the greatest stress) or an average over a
/// crowd is no such sum and has no row. Cost of an answer: that of the party's ties.
/// </summary>
public sealed class PartsOfOthers
{
    private readonly MarketBooks books;

    internal PartsOfOthers(MarketBooks books) => this.books = books;

    /// <summary>Features that are sums over others.</summary>
    public static IEnumerable<string> Features => Table.Keys;

    /// <summary>The parts of a feature for a client, by node of the other party, a party possibly several times; null where it is no such sum.</summary>
    public IReadOnlyList<(int Party, decimal Amount)>? Of(int node, string feature) =>
        Table.TryGetValue(feature, out var read)
            ? [.. read(books, books.Parties.IndexOf(node)).Where(part => part.Amount != 0)
                .Select(part => (books.Parties.NodeOf(part.Party), (decimal)part.Amount))]
            : null;

    private static readonly Dictionary<string, Func<MarketBooks, int, IEnumerable<(int Party, double Amount)>>> Table = new(StringComparer.Ordinal)
    {
        ["guarantee_defaults"] = (books, party) => [.. Ties(books, party, Channel.GuaranteedDebtor, Heat, weighted: false), .. Ties(books, party, Channel.Guarantor, Heat, weighted: false)],
        ["guarantee_stress"] = (books, party) => [.. Ties(books, party, Channel.GuaranteedDebtor, Stress, weighted: false), .. Ties(books, party, Channel.Guarantor, Stress, weighted: false)],
        ["debtor_defaults"] = (books, party) => Ties(books, party, Channel.GuaranteedDebtor, Heat),
        ["debtor_stress"] = (books, party) => Ties(books, party, Channel.GuaranteedDebtor, Stress),
        ["guarantor_defaults"] = (books, party) => Ties(books, party, Channel.Guarantor, Heat),
        ["guarantor_stress"] = (books, party) => Ties(books, party, Channel.Guarantor, Stress),
        ["guarantee_chain_defaults"] = (books, party) => [.. Beyond(books, party, Channel.GuaranteedDebtor), .. Beyond(books, party, Channel.Guarantor)],
        ["held_defaults"] = (books, party) => Ties(books, party, Channel.HeldCompany, Heat),
        ["held_stress"] = (books, party) => Ties(books, party, Channel.HeldCompany, Stress),
        ["holder_defaults"] = (books, party) => Ties(books, party, Channel.Holder, Heat),
        ["holder_stress"] = (books, party) => Ties(books, party, Channel.Holder, Stress),
        ["ownership_chain_defaults"] = (books, party) => [.. Beyond(books, party, Channel.HeldCompany), .. Beyond(books, party, Channel.Holder)],
        ["device_parties"] = OnSameDevices,
        ["group_debt"] = (books, party) => books.Groups.Others(party).Select(other => (other, books.Contracts.Debt[other])),
        ["group_defaults"] = (books, party) => books.Groups.Others(party).Select(other => (other, (double)books.Stress.Heat[other])),
    };

    private static double Heat(MarketBooks books, int party) => books.Stress.Heat[party];

    private static double Stress(MarketBooks books, int party) => books.Stress.Stress[party];

    private static IEnumerable<(int, double)> OnSameDevices(MarketBooks books, int party)
    {
        var (self, others) = (books.Parties.NodeOf(party), new HashSet<int>());
        LinkFeatures.AddOnSameDevices(books.Snapshot, self, others);
        return others.Where(other => other != self).Order().Select(other => (books.Parties.IndexOf(other), 1.0));
    }

    private static List<(int, double)> Ties(
        MarketBooks books, int party, Channel channel, Func<MarketBooks, int, double> of, bool weighted = true)
    {
        var parts = new List<(int, double)>();
        foreach (var link in books.Links.Of(party))
            if (link.Channel == channel) parts.Add((link.From, (weighted ? link.Weight : 1) * of(books, link.From)));
        return parts;
    }

    private static List<(int, double)> Beyond(MarketBooks books, int party, Channel channel)
    {
        var parts = new List<(int, double)>();
        foreach (var link in books.Links.Of(party))
        {
            if (link.Channel != channel) continue;
            foreach (var further in books.Links.Of(link.From))
                if (further.From != party) parts.Add((further.From, link.Weight * further.Weight * books.Stress.Heat[further.From]));
        }

        return parts;
    }
}
