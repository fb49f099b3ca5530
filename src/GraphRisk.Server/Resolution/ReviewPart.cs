using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Review;

namespace GraphRisk.Server.Resolution;

/// <summary>A pair of the queue, with the view it was found in.</summary>
internal sealed record OpenPairOf(GraphView View, OpenPair Pair);

/// <summary>What is left for persons to judge: <c>reviewQueue</c> at the root.</summary>
internal sealed class ReviewPart(GraphSession session, NodeIds ids, Pager pager) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        var sameAs = session.Catalog.Relationship(SchemaCatalog.SameAs);
        var amounts = FieldAccess.Reads(Sensitivity.Confidential).As(ValueKind.Amount);
        parts.Types.Add(Fields.Object(
            "OpenPair", "Two parties of which nobody has decided whether they are one.",
            Fields.Of<OpenPairOf>("left", "Party", FieldAccess.Structure, "The one.", one => new NodeHandle(one.View, one.Pair.Left)),
            Fields.Of<OpenPairOf>("right", "Party", FieldAccess.Structure, "The other.", one => new NodeHandle(one.View, one.Pair.Right)),
            Fields.Of<OpenPairOf>("leftRecord", "ID!", FieldAccess.Reads(sameAs.Level), "The record of the one, to judge by.", (one, context) => ids.Of(context.Viewer(), one.Pair.Judgement.Left)),
            Fields.Of<OpenPairOf>("rightRecord", "ID!", FieldAccess.Reads(sameAs.Level), "The record of the other.", (one, context) => ids.Of(context.Viewer(), one.Pair.Judgement.Right)),
            Fields.Of<OpenPairOf>("score", "Decimal", FieldAccess.Reads(sameAs.GetField("score")), "What the rules made of the pair, 0 to 1.", one => one.Pair.Judgement.Score),
            Fields.Of<OpenPairOf>("reasons", "[String!]", FieldAccess.Reads(sameAs.GetField("reasons")), "Why, one reason a line, each with its evidence.", one => one.Pair.Judgement.Reasons),
            Fields.Of<OpenPairOf>("uncertainty", "Float", FieldAccess.Reads(sameAs.GetField("score")), "What an answer would tell, in bits: 0 to 1.", one => one.Pair.Uncertainty),
            Fields.Of<OpenPairOf>("atStake", "Decimal", amounts, "CNY of debt that is judged wrongly while the answer is unknown. Level 3.", one => one.Pair.AtStake)));
        List<IGraphType> connected = [.. Connections.Of("OpenPair", "Pairs left for persons to judge", "OpenPair", (item, _) => item)];
        ((ObjectGraphType)connected[^1]).AddField(Fields.Of<Page>(
            "mayJudge", "Boolean!", FieldAccess.Structure, "Whether 'judge' is open to you, in your role and for your purpose.",
            (_, context) => AccessPolicy.Decide(context.Viewer(), Act.Judge).Code is null));
        parts.Types.AddRange(connected);
        parts.Query.AddField(Fields.Resolved(
            "reviewQueue", "OpenPairConnection", FieldAccess.Reads(Sensitivity.Confidential),
            "Pairs the rules left undecided and nobody has judged, by uncertainty times the money at stake, the highest first. Level 3.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                var queue = view.Derive(typeof(ReviewQueue), context.Meter(), (_, paid) => new Queue(ReviewQueue.Of(session.Store, view.Market(), paid))).Pairs;
                return pager.Cut(PageRequest.Of(context), view.Stamp, [.. queue.Select(pair => new OpenPairOf(view, pair))], one => $"{one.Pair.Judgement.Left} = {one.Pair.Judgement.Right}");
            },
            BitemporalArguments.And(PageRequest.Arguments)));
    }

    private sealed record Queue(ImmutableArray<OpenPair> Pairs);
}
