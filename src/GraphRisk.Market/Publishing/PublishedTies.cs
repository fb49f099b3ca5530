using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Publishing;

/// <summary>
/// The ties of a snapshot: every holding, every link and joint control, each once. Ties with a direction run as their
/// relationship does; ties without one run from the party that comes first in the snapshot.
/// </summary>
internal sealed class PublishedTies(Snapshot snapshot, HoldingGraph holdings, CompanyControl control, LinkedParties links)
{
    private readonly Dictionary<int, bool> ultimate = [];

    public IEnumerable<PublishedTie> Of(IReadOnlyList<int> parties)
    {
        var forward = parties.ToDictionary(party => party, party => links.LinksFrom(party).Where(IsOnce).ToList());
        foreach (var party in parties)
        {
            var strengths = forward[party].Where(link => link.Kind == LinkKind.Ownership).ToDictionary(link => link.To, link => link.Strength);
            var held = holdings.HeldBy(party).ToArray();
            foreach (var holding in held)
                yield return Owns(holding, strengths.TryGetValue(holding.Company, out var strength) ? strength : null);
            var direct = held.Select(holding => holding.Company).ToHashSet();
            var numbers = new Dictionary<(LinkKind, int), int>();
            foreach (var link in forward[party].Where(link => link.Kind != LinkKind.Ownership))
            {
                var number = numbers[(link.Kind, link.To)] = numbers.GetValueOrDefault((link.Kind, link.To)) + 1;
                yield return Of(link, number, direct);
            }
        }

        foreach (var tie in Joint()) yield return tie;
    }

    private static bool IsOnce(Link link) => link.Kind switch
    {
        LinkKind.Agreement or LinkKind.SharedAccount or LinkKind.SharedDevice or LinkKind.CommonHolding => link.From < link.To,
        _ => link.IsForward,
    };

    private bool IsUltimate(int controller)
    {
        if (!ultimate.TryGetValue(controller, out var known)) ultimate.Add(controller, known = control.IsUltimate(controller));
        return known;
    }

    private PublishedTie Owns(Holding holding, double? strength) =>
        new(TieTypes.Owns, snapshot.Nodes.IdOf(holding.Holder), snapshot.Nodes.IdOf(holding.Company), "")
        {
            Strength = strength,
            Share = holding.Equity.Share,
            ShareMin = holding.Equity.Lower,
            ShareMax = holding.Equity.Upper,
            Votes = holding.Votes.Share,
        };

    private PublishedTie Of(Link link, int number, HashSet<int> direct)
    {
        var tie = new PublishedTie(
            TieTypes.Of(link.Kind), snapshot.Nodes.IdOf(link.From), snapshot.Nodes.IdOf(link.To), number == 1 ? "" : FormattableString.Invariant($"{number}"))
        {
            Strength = link.Strength,
            Via = link.Via < 0 ? null : snapshot.Nodes.IdOf(link.Via),
        };
        return link.Kind switch
        {
            LinkKind.Control => tie with { Votes = link.Value, IsUltimate = IsUltimate(link.From), IsDirect = direct.Contains(link.To) },
            LinkKind.Guarantee => tie with { Amount = link.Value },
            LinkKind.CommonHolding => tie with { Share = link.Value },
            _ => tie,
        };
    }

    private IEnumerable<PublishedTie> Joint() =>
        from agreement in control.Agreements
        from controlled in control.ControlledBy(agreement)
        from member in agreement.Members
        select new PublishedTie(
            TieTypes.JointlyControls, snapshot.Nodes.IdOf(member), snapshot.Nodes.IdOf(controlled.Company), snapshot.Nodes.IdOf(agreement.Node).Key)
        {
            Votes = controlled.Votes,
            IsUltimate = controlled.IsUltimate,
            Via = snapshot.Nodes.IdOf(agreement.Node),
        };
}
