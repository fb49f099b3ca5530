using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Server.Nodes;
using GraphRisk.Workflow.Exposure;
using GraphRisk.Workflow.Review;

namespace GraphRisk.Server.Resolution;

/// <summary>Who may be the same party as another, nobody having decided it.</summary>
internal static class Doubts
{
    /// <summary>Nodes of persons and companies whose records were judged undecided with one of the party's, ascending, with the probability that they are one; of a pair with a verdict, none.</summary>
    public static async Task<DoubtfulIdentity[]> OfAsync(IGraphStore store, NodeHandle party, WorkMeter meter, CancellationToken cancellation)
    {
        var nodes = party.View.Snapshot.Nodes;
        meter.Charge(ResolutionPart.StepsOfRead * nodes.MembersOf(party.Number).Length);
        var judgements = await JudgementTypes.OnAsync(store, party, cancellation);
        return
        [
            .. judgements.Select(one => JudgementFacts.FromFact(one.Fact))
                .GroupBy(judgement => OtherOf(nodes.Find(judgement.Left), nodes.Find(judgement.Right), party.Number))
                .Where(pair => pair.Key != party.Number && pair.All(judgement => judgement.Verdict == Verdict.Undecided))
                .Select(pair => new DoubtfulIdentity(party.Number, pair.Key, pair.Max(ReviewQueue.ProbabilityOf))).OrderBy(doubt => doubt.Other),
        ];
    }

    private static int OtherOf(int left, int right, int party) => left == party ? right : left;
}
