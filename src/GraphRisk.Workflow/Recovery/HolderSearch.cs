using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// In whose name a client's assets may stand: its own, those of the companies it controls (<see cref="CompanyControl"/>, the one definition: votes of nominees and arrangements counted for
/// whom they hold), of its arrangements and nominees, and of those who may be the client or one of these, nobody having decided it. A namesake who was
/// judged somebody else, or of whom nobody ever doubted it, is none of them.
/// <para>
/// Each is told once, by the surest link, and by the shortest chain of that: a worklist goes over the companies under control by the blocks of votes that make it so. An arrangement holds
/// nothing but what it holds for others; who is stated to hold part of a company as nominee is one for that and for nothing else, so its accounts are its own.
/// Cost: the control fixpoint of the client, on certain and on possible votes, and of each who may be one with a holder.
/// </para>
/// </summary>
internal sealed class HolderSearch(MarketReading market, WorkMeter meter)
{
    private readonly Snapshot snapshot = market.Snapshot;
    private readonly RelationshipTable holds = market.Snapshot.Relationship("HOLDS");
    private readonly CompanyControl certain = market.Control(ShareBound.Lower, meter);
    private readonly CompanyControl possible = market.Control(ShareBound.Upper, meter);
    private readonly Dictionary<int, AssetHolder> found = [];

    /// <summary>Who may hold something for a client, the surest first.</summary>
    /// <param name="client">Node of the client.</param>
    /// <param name="doubts">Who may be one with a party: asked of the client and of all that is certain.</param>
    public async ValueTask<ImmutableArray<AssetHolder>> OfAsync(int client, Func<int, ValueTask<IReadOnlyList<DoubtfulIdentity>>> doubts)
    {
        Add(new AssetHolder(client, LinkCertainty.Certain, []));
        AddControlled(found[client], certain, LinkCertainty.Certain);
        foreach (var holder in Of(LinkCertainty.Certain)) AddNominees(holder, LinkCertainty.Certain, sole: true);
        AddControlled(found[client], possible, LinkCertainty.Possible);
        foreach (var holder in Of(LinkCertainty.Certain)) AddNominees(holder, LinkCertainty.Possible, sole: false);
        foreach (var holder in Of(LinkCertainty.Certain))
            foreach (var doubt in (await doubts(holder.Party)).OrderBy(doubt => doubt.Other))
            {
                meter.Charge(WorkUnit.Nodes, 1);
                if (doubt.Other < 0) continue;
                Add(new AssetHolder(doubt.Other, LinkCertainty.Doubtful, holder.Chain.Add(new HolderStep(HolderStepKind.Identity, holder.Party, doubt.Other, null, []))));
                if (found[doubt.Other].Certainty == LinkCertainty.Doubtful) AddControlled(found[doubt.Other], possible, LinkCertainty.Doubtful);
            }

        return [.. found.Values.OrderBy(holder => holder.Certainty).ThenBy(holder => holder.Chain.Length).ThenBy(holder => holder.Party)];
    }

    private List<AssetHolder> Of(LinkCertainty certainty) => [.. found.Values.Where(holder => holder.Certainty == certainty).OrderBy(holder => holder.Party)];

    private void Add(AssetHolder holder) => found.TryAdd(holder.Party, holder);

    private void AddControlled(AssetHolder controller, CompanyControl control, LinkCertainty certainty)
    {
        var companies = control.ControlledBy(controller.Party, meter).ToDictionary(one => one.Company);
        var reached = new Dictionary<int, ImmutableArray<HolderStep>> { [controller.Party] = controller.Chain };
        for (HashSet<int> last = [controller.Party]; last.Count > 0;)
        {
            var next = new SortedDictionary<int, HolderStep>();
            foreach (var (company, one) in companies.Where(pair => !reached.ContainsKey(pair.Key)))
                foreach (var block in meter.Along(one.Blocks))
                    if (last.Contains(block.Holder) && !next.ContainsKey(company))
                        next.Add(company, new HolderStep(HolderStepKind.Control, block.Holder, company, one.Votes, EvidenceOf(one)));
            foreach (var (company, step) in next) Add(new AssetHolder(company, certainty, reached[company] = reached[step.From].Add(step)));
            last = [.. next.Keys];
        }
    }

    private void AddNominees(AssetHolder nominator, LinkCertainty certainty, bool sole)
    {
        foreach (var (nominee, tie) in meter.Along(NomineeTies.NomineesOf(snapshot, nominator.Party)))
        {
            var holdsForItAlone = NomineeTies.IsArrangement(snapshot, nominee) && NomineeTies.NominatorsOf(snapshot, nominee).Count() == 1;
            var isForCompanies = !NomineeTies.IsArrangement(snapshot, nominee) && NomineeTies.HoldsAsNominee(snapshot, nominee);
            if (holdsForItAlone == sole && !isForCompanies) Add(new AssetHolder(nominee, certainty, nominator.Chain.Add(new HolderStep(HolderStepKind.Nominee, nominator.Party, nominee, null, [tie]))));
        }
    }

    /// <summary>The holdings that carry the votes, those in the names of nominees with the ties that say so.</summary>
    private ImmutableArray<EdgeReference> EvidenceOf(ControlledCompany one)
    {
        var evidence = ImmutableArray.CreateBuilder<EdgeReference>();
        foreach (var block in one.Blocks)
        {
            evidence.AddRange(EdgeReference.Between(holds, block.Holder, one.Company));
            foreach (var (nominee, tie) in NomineeTies.NomineesOf(snapshot, block.Holder))
            {
                var held = EdgeReference.Between(holds, nominee, one.Company);
                if (held.IsEmpty) continue;
                evidence.Add(tie);
                evidence.AddRange(held);
            }
        }

        return evidence.ToImmutable();
    }
}
