using System.Collections.Immutable;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Schema;
using GraphRisk.Market;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>What a verdict stands and falls with, with its view.</summary>
internal sealed record ProofOf(GraphView View, OwnershipProof Proof);

/// <summary>A holding of a proof, with its view.</summary>
internal sealed record ProvingOf(GraphView View, Holding Holding)
{
    public NodeHandle Holder => new(View, Holding.Holder);

    public NodeHandle Company => new(View, Holding.Company);

    /// <summary>The statements themselves. None lies between the two where a nominee or an arrangement holds for the holder.</summary>
    public IEnumerable<Edge> Statements()
    {
        var holds = View.Snapshot.Relationship("HOLDS");
        var (start, end) = holds.Out.Range(Holding.Holder);
        for (var edge = start; edge < end; edge++)
            if (holds.Out.Target(edge) == Holding.Company) yield return new Edge(static () => "", new RelationshipHandle(Holder, holds, edge, Company));
    }
}

/// <summary>The proof of a verdict by a rule, with its view.</summary>
internal sealed record RuleProofOf(GraphView View, RuleProof Proof);

/// <summary>A statement of such a proof, with its view.</summary>
internal sealed record ProvingStatementOf(GraphView View, ProvingStatement Statement);

/// <summary>GraphQL types of proofs: the holdings that carry a verdict, and those without which it falls.</summary>
internal sealed class ProofTypes(SchemaCatalog catalog)
{
    private FieldAccess Derived => FieldAccess.Reads(catalog.Relationship("HOLDS").Level);

    public IEnumerable<IGraphType> All() =>
    [
        Fields.Object(
            "OwnershipProof", "What a verdict on ownership or control stands and falls with.",
            Fields.Of<ProofOf>("sufficient", "[ProvingHolding!]", Derived, "Holdings that carry the verdict by themselves; without any one of them the others no longer do.", proof => Rows(proof, proof.Proof.Sufficient)),
            Fields.Of<ProofOf>("decisive", "[ProvingHolding!]", Derived, "Holdings without which the verdict falls; with any one of them left in place it stands.", proof => Rows(proof, proof.Proof.Decisive))),
        Fields.Object(
            "ProvingHolding", "A direct holding of a proof, all its statements added up.",
            Fields.Of<ProvingOf>("holder", "Party", FieldAccess.Structure, "The party.", one => one.Holder),
            Fields.Of<ProvingOf>("company", "Company", FieldAccess.Structure, "The company.", one => one.Company),
            Fields.Of<ProvingOf>("share", "Decimal", Derived, "Part of the equity, or the best reading of its bounds.", one => one.Holding.Equity.Share),
            Fields.Of<ProvingOf>("lower", "Decimal", Derived, "At least this part of it.", one => one.Holding.Equity.Lower),
            Fields.Of<ProvingOf>("upper", "Decimal", Derived, "At most this part of it.", one => one.Holding.Equity.Upper),
            Fields.Of<ProvingOf>("votes", "Decimal", Derived, "Part of the votes, or the best reading of its bounds.", one => one.Holding.Votes.Share),
            Fields.Of<ProvingOf>("statements", "[HoldsRelationship!]", Derived, "What is stated between the two, with its records. Empty where a nominee, a trust or another arrangement holds for the holder.", one => one.Statements())),
        Fields.Object(
            "OwnershipRuleProof", "What a verdict by a rule of law stands and falls with: found by leaving statements out and asking the rule again.",
            Fields.Of<RuleProofOf>("sufficient", "[ProvingStatement!]", Derived, "Statements that carry the verdict by themselves, beside what others hold; without any one of them the others no longer do.", proof => Rows(proof, proof.Proof.Sufficient)),
            Fields.Of<RuleProofOf>("decisive", "[ProvingStatement!]", Derived, "Statements without which the verdict falls; with any one of them left in place it stands.", proof => Rows(proof, proof.Proof.Decisive)),
            Fields.Of<RuleProofOf>("isOfEverySubset", "Boolean!", FieldAccess.Structure, "Whether no smaller part of either does either. False where more statements may make the verdict fall, as under a limb that leaves another out: then it is so of the parts without any one statement.", proof => proof.Proof.IsOfEverySubset),
            Fields.Of<RuleProofOf>("lacks", "String", FieldAccess.Structure, $"Why there is none, such as that more than {RuleProofs.MostHoldings} holdings are concerned; null where there is one.", proof => proof.Proof.Lacks)),
        Fields.Object(
            "ProvingStatement", "A statement a verdict by a rule rests on: a holding, an agreement or a tie.",
            Fields.Of<ProvingStatementOf>("holding", "ProvingHolding", Derived, "The holding.", one => one.Statement.Holding is { } holding ? new ProvingOf(one.View, holding) : null),
            Fields.Of<ProvingStatementOf>("agreement", "Agreement", Derived, "The agreement in force.", one => one.Statement.Agreement is { } agreement ? new NodeHandle(one.View, agreement.Node) : null),
            Fields.Of<ProvingStatementOf>("relationship", "String", Derived, "Of a tie, such as OFFICER_OF.", one => one.Statement.Tie?.Relationship),
            Fields.Of<ProvingStatementOf>("from", "Party", Derived, "Where the tie begins.", one => one.Statement.Tie is { } tie ? new NodeHandle(one.View, tie.From) : null),
            Fields.Of<ProvingStatementOf>("to", "Party", Derived, "Where it ends.", one => one.Statement.Tie is { } tie ? new NodeHandle(one.View, tie.To) : null)),
    ];

    /// <summary>The proof of a verdict by a rule: of the facts that were open to the viewer, which are the only ones it was held against.</summary>
    public FieldType OfVerdict() => Fields.Of<VerdictOf>(
        "proof", "OwnershipRuleProof", Derived, "What it stands and falls with: holdings, agreements and ties. What a party is, who is on a list, and what others hold in the same companies stay as they are.",
        (one, context) => new RuleProofOf(one.View, RuleProofs.Of(one.Facts, one.Answer.Rule, one.View.Snapshot.Stamp.AsOfDay, one.Verdict, context.Meter())));

    /// <summary>The proof of a stake.</summary>
    public FieldType OfStake() => Fields.Of<StakeOf>(
        "proof", "OwnershipProof", Derived, $"What it stands and falls with that the stake reaches the threshold; null where more than {OwnershipProofs.MostHoldings} holdings lie between the two.",
        (stake, context) => Shown(stake.View, OwnershipProofs.OfStake(stake.View.Holdings(context.Meter()), stake.Stake.Holder, stake.Stake.Company, stake.Question, context.Meter())));

    /// <summary>The proof of control.</summary>
    public FieldType OfControl() => Fields.Of<ControlledOf>(
        "proof", "OwnershipProof", Derived, $"What the control stands and falls with; null where more than {OwnershipProofs.MostHoldings} holdings are concerned.",
        (one, context) => Shown(one.View, OwnershipProofs.OfControl(
            one.View.Holdings(context.Meter()), one.View.Control(one.Parameters, context.Meter()).Agreements, one.Parameters, one.Controlled, context.Meter())));

    private static ProofOf? Shown(GraphView view, OwnershipProof? proof) => proof is null ? null : new ProofOf(view, proof);

    private static IEnumerable<ProvingStatementOf> Rows(RuleProofOf proof, ImmutableArray<ProvingStatement> statements) => statements.Select(one => new ProvingStatementOf(proof.View, one));

    private static IEnumerable<ProvingOf> Rows(ProofOf proof, ImmutableArray<Holding> holdings) => holdings.Select(one => new ProvingOf(proof.View, one));
}
