using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>
/// Parties that each hold much of one security, over all their accounts. Who holds much is listed once; a security that
/// more parties than the hub limit hold much of, or whose shares outstanding are unknown, ties nobody.
/// </summary>
internal sealed class CommonHoldingLinks : ILinkSource
{
    private const int PlacesPerCharge = 64;

    private readonly Dictionary<int, ImmutableArray<(int Party, decimal Part)>> holders = [];
    private readonly Dictionary<int, List<int>> securities = [];
    private readonly RelationshipTable owns;
    private readonly RelationshipTable positions;
    private readonly double strength;

    public CommonHoldingLinks(Snapshot snapshot, LinkParameters parameters, WorkMeter meter)
    {
        owns = snapshot.Relationship("OWNS_ACCOUNT");
        positions = snapshot.Relationship("POSITION");
        strength = parameters.Strengths[LinkKind.CommonHolding];
        foreach (var security in snapshot.Nodes.OfType("Security"))
        {
            if (snapshot.Nodes.GetDecimal(security, "sharesOutstanding") is not { } outstanding || outstanding <= 0) continue;
            ImmutableArray<(int Party, decimal Part)> large = [.. Quantities(security, meter)
                .Select(pair => (Party: pair.Key, Part: pair.Value / outstanding))
                .Where(pair => pair.Part >= parameters.CommonHoldingThreshold).OrderBy(pair => pair.Party)];
            if (large.Length < 2 || large.Length > parameters.HubLimit) continue;
            holders.Add(security, large);
            foreach (var (party, _) in large)
                (CollectionsMarshal.GetValueRefOrAddDefault(securities, party, out _) ??= []).Add(security);
        }
    }

    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        foreach (var security in securities.GetValueOrDefault(party) ?? [])
        {
            var own = holders[security].First(pair => pair.Party == party).Part;
            meter.ChargeNode(holders[security].Length);
            foreach (var (other, part) in holders[security])
                if (other != party)
                    yield return new Link(
                        party, other, LinkKind.CommonHolding, strength, Math.Min(own, part), security, true,
                        [.. Positions(party, security), .. Positions(other, security)]);
        }
    }

    private Dictionary<int, decimal> Quantities(int security, WorkMeter meter)
    {
        var quantities = new Dictionary<int, decimal>();
        var (start, end) = positions.In.Range(security);
        for (var place = start; place < end; place++)
        {
            if ((place - start) % PlacesPerCharge == 0) meter.ChargeNode(PlacesPerCharge);
            if (positions.GetDecimal(positions.InEdge(place), "quantity") is not { } quantity) continue;
            foreach (var owner in owns.In.Neighbours(positions.In.Target(place)).ToArray().Distinct())
                CollectionsMarshal.GetValueRefOrAddDefault(quantities, owner, out _) += quantity;
        }

        return quantities;
    }

    private IEnumerable<EdgeReference> Positions(int party, int security) =>
        owns.Out.Neighbours(party).ToArray().Distinct().SelectMany(account => EdgeReference.Between(positions, account, security));
}
