using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>An answer on ownership with the view it is about.</summary>
internal sealed record LookThroughOf(GraphView View, NodeHandle Asked, LookThroughQuestion Question, LookThroughAnswer Answer, IReadOnlyList<StakeOf> Stakes);

/// <summary>A stake with its view and what it had to reach.</summary>
internal sealed record StakeOf(GraphView View, OwnershipStake Stake, LookThroughQuestion Question);

/// <summary>A chain of holdings with its view.</summary>
internal sealed record ChainOf(GraphView View, OwnershipChain Chain);

/// <summary>What nobody is stated to hold, with its view.</summary>
internal sealed record UnstatedOf(GraphView View, UnstatedPart Part);

/// <summary>A finding with its view.</summary>
internal sealed record FindingOf(GraphView View, OwnershipFinding Finding);

/// <summary>GraphQL types of ownership through chains. What is derived from holdings has their level.</summary>
internal sealed class OwnershipTypes(SchemaCatalog catalog, Pager pager, HoldingContradictions contradictions)
{
    /// <summary>Most chains shown of one stake.</summary>
    private const int MostChains = 20;

    private FieldAccess Derived => FieldAccess.Reads(catalog.Relationship("HOLDS").Level);

    public IEnumerable<IGraphType> All() =>
    [
        Fields.Enum(
            "OwnershipSemantics", "How chains of holdings add up to one number.",
            ("WALK", OwnershipSemantics.Walk, "All chains, however often they go round a cycle; may exceed 1."),
            ("CORRECTED", OwnershipSemantics.Corrected, "All chains that never return to the holder; at most 1 where no company is over-allocated."),
            ("SIMPLE_PATH", OwnershipSemantics.SimplePath, "Chains that visit no party twice.")),
        Fields.Enum(
            "OwnershipBound", "Which end of a stake counts, where holdings are ranges or have no number.",
            ("CERTAIN", ShareBound.Lower, "The lower end: what holds however the ranges turn out."),
            ("STATED", ShareBound.Stated, "What is stated, or the best reading of the bounds."),
            ("POSSIBLE", ShareBound.Upper, "The upper end: what some turn of the ranges may give; a stake without an upper end is listed too.")),
        Fields.Enum(
            "ThresholdOperator", "How a part is held against a threshold.",
            ("AT_LEAST", ThresholdOperator.AtLeast, "The threshold itself counts: 以上."),
            ("ABOVE", ThresholdOperator.Above, "Only what is above it counts: 超过.")),
        Fields.Enum(
            "TreasuryShares", "What becomes of shares that a company holds of itself.",
            ("COUNTED", TreasuryShares.Counted, "They count as stated, a part like any other."),
            ("CANCELLED", TreasuryShares.Cancelled, "They are taken out: everybody else's part is of what is left.")),
        Fields.Enum(
            "ReciprocalVotes", "What becomes of votes that a company has in one that controls it.",
            ("COUNTED", ReciprocalVotes.Counted, "They count as stated."),
            ("CANCELLED", ReciprocalVotes.Cancelled, "They are taken out: everybody else's part of the votes is of what is left. Who controls whom is found with all of them counted.")),
        Fields.Enum(
            "OwnershipFindingKind", "What must be said beside an answer on ownership.",
            ("SHARES_ABOVE_ONE", OwnershipFindingKind.SharesAboveOne, "The parts of a company add to more than the whole; they are used as stated, never rescaled."),
            ("SHARE_UNKNOWN", OwnershipFindingKind.ShareUnknown, "A holding has neither a share nor a bound."),
            ("CHAIN_UNKNOWN", OwnershipFindingKind.ChainUnknown, "An indirect holding is stated and no chain of direct ones leads there; it is not counted."),
            ("ARRANGEMENT_UNKNOWN", OwnershipFindingKind.ArrangementUnknown, "A trust or other arrangement holds, and nobody is named for whom; it stands for itself."),
            ("ARRANGEMENT_SHARED", OwnershipFindingKind.ArrangementShared, "A trust or other arrangement holds for several parties whose parts are not stated; equal ones are the best guess."),
            ("SOURCES_DISAGREE", OwnershipFindingKind.SourcesDisagree, "Equally reliable sources state a holding differently; the one whose statement is of the latest day is used, and 'contradictions' on the holding shows both."),
            ("SOURCES_NOT_COMPARED", OwnershipFindingKind.SourcesNotCompared, "Of so many companies it was not looked whether sources state their holdings differently; 'contradictions' on a holding tells it."),
            ("WALK_DIVERGES", OwnershipFindingKind.WalkDiverges, "Companies own each other so fully that the sum over all chains has no end; what depends on them is refused."),
            ("UPPER_BOUND_DIVERGES", OwnershipFindingKind.UpperBoundDiverges, "The same for the upper bounds; the bounds that depend on them are left out."),
            ("PATH_BUDGET_EXCEEDED", OwnershipFindingKind.PathBudgetExceeded, "More simple paths than the budget allows; the largest are counted, and stakes say what the others may add."),
            ("THRESHOLD_UNDECIDED", OwnershipFindingKind.ThresholdUndecided, "Stakes so near to the threshold that rounding, or chains that were not counted, would decide; they count by what was counted."),
            ("PART_UNSTATED", OwnershipFindingKind.PartUnstated, "A part of the company is nobody's by any certain statement; whoever holds it is in no verdict."),
            ("RESIDUAL_TOO_LARGE", OwnershipFindingKind.ResidualTooLarge, "The solution leaves a residual above the limit; the whole answer is refused.")),
        Stake(),
        .. new ProofTypes(catalog).All(),
        .. Connections.Of("OwnershipStake", "What parties own of companies, directly and through others", "OwnershipStake", (item, _) => item),
        Fields.Object(
            "OwnershipChains", "The chains through which a holder owns most of a company.",
            Fields.Of<(IReadOnlyList<ChainOf> Chains, bool IsComplete)>("chains", "[OwnershipChain!]!", FieldAccess.Structure, "Largest product first.", best => best.Chains),
            Fields.Of<(IReadOnlyList<ChainOf> Chains, bool IsComplete)>("isComplete", "Boolean!", FieldAccess.Structure,
                "False where the graph between the two was too large and only its nearest part was searched.", best => best.IsComplete)),
        Fields.Object(
            "OwnershipChain", "A chain of direct holdings that visits no party twice.",
            Fields.Of<ChainOf>("parties", "[Party]!", FieldAccess.Structure, "From the holder to the company.",
                chain => chain.Chain.Parties.Select(node => new NodeHandle(chain.View, node)).ToArray()),
            Fields.Of<ChainOf>("shares", "[Decimal!]", Derived, "Direct shares in step: the first is what the first party holds of the second.", chain => chain.Chain.Shares.ToArray()),
            Fields.Of<ChainOf>("share", "Decimal", Derived, "Product of the shares, to 12 digits.", chain => LegalThreshold.Round(chain.Chain.Share))),
        Fields.Object(
            "OwnershipFinding", "Something an answer on ownership must say beside its numbers.",
            Fields.Of<FindingOf>("kind", "OwnershipFindingKind!", FieldAccess.Structure, "What is wrong.", finding => finding.Finding.Kind),
            Fields.Of<FindingOf>("companies", "[Party]!", FieldAccess.Structure, "Companies concerned.",
                finding => finding.Finding.Companies.Take(PageRequest.Most).Select(node => new NodeHandle(finding.View, node)).ToArray()),
            Fields.Of<FindingOf>("holders", "[Party]", Derived, "Holders concerned, such as those whose share nobody states.",
                finding => finding.Finding.Holders.Take(PageRequest.Most).Select(node => new NodeHandle(finding.View, node)).ToArray()),
            Fields.Of<FindingOf>("amount", "Decimal", Derived, "The number that is wrong, such as the sum of the parts.", finding => finding.Finding.Amount),
            Fields.Of<FindingOf>("detail", "String!", FieldAccess.Structure, "In a sentence without names.", finding => finding.Finding.Detail)),
        Fields.Object(
            "UnstatedOwnership", "The part of a company's equity that no statement gives to anybody for certain.",
            Fields.Of<UnstatedOf>("least", "Decimal", Derived, "What belongs to parties that no statement names, at least.", unstated => unstated.Part.Least),
            Fields.Of<UnstatedOf>("most", "Decimal", Derived, "What is not certainly anybody's: the whole less the lower ends of all holdings.", unstated => unstated.Part.Most),
            Fields.Of<UnstatedOf>("holders", "[Party]", Derived, "Who may hold some of it, by ranges or holdings without a number.",
                unstated => unstated.Part.Holders.Take(PageRequest.Most).Select(node => new NodeHandle(unstated.View, node)).ToArray())),
        LookThrough(),
    ];

    private ObjectGraphType LookThrough() => Fields.Object(
        "OwnershipLookThrough", "Who owns a company in the end, or what a party owns in the end, through any chain and any cycle.",
        Fields.Of<LookThroughOf>("asked", "Party", FieldAccess.Structure, "The company or holder asked about.", answer => answer.Asked),
        Fields.Of<LookThroughOf>("semantics", "OwnershipSemantics!", FieldAccess.Structure, "How chains were added.", answer => answer.Answer.Semantics),
        Fields.Of<LookThroughOf>("threshold", "Decimal!", FieldAccess.Structure, "What stakes had to reach.", answer => answer.Question.Threshold),
        Fields.Of<LookThroughOf>("operator", "ThresholdOperator!", FieldAccess.Structure, "Whether the threshold itself counted.", answer => answer.Question.Operator),
        Fields.Of<LookThroughOf>("bound", "OwnershipBound!", FieldAccess.Structure, "Which end of a stake had to reach it.", answer => answer.Question.Bound),
        Fields.Of<LookThroughOf>("treasury", "TreasuryShares!", FieldAccess.Structure, "What became of shares companies hold of themselves.", answer => answer.Question.Treasury),
        Fields.Of<LookThroughOf>("unstated", "UnstatedOwnership", Derived, "What of the company is certainly nobody's, and who may hold it; null where a holder is asked about.",
            answer => answer.Answer.Unstated is { } part ? new UnstatedOf(answer.View, part) : null),
        Fields.Of<LookThroughOf>("stakes", "OwnershipStakeConnection", Derived, "The stakes, largest first.",
            (answer, context) =>
            {
                var page = pager.Cut(PageRequest.Of(context), answer.View.Stamp, answer.Stakes, KeyOf);
                return page;
            },
            PageRequest.Arguments),
        Fields.Resolved("findings", "[OwnershipFinding!]!", FieldAccess.Structure, "What is wrong with the statements the answer rests on, and what was refused.",
            async context =>
            {
                var answer = (LookThroughOf)context.Source!;
                var found = answer.Answer.Findings.Concat(await contradictions.FindAsync(answer.Asked, answer.Stakes.Select(stake => stake.Stake), context));
                return found.Select(finding => new FindingOf(answer.View, finding)).ToArray();
            }),
        Fields.Of<LookThroughOf>("residual", "Float!", FieldAccess.Structure, "Largest residual of the linear systems solved; 0 under simple paths.", answer => answer.Answer.Residual),
        Fields.Of<LookThroughOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", answer => answer.View.Stamp));

    private ObjectGraphType Stake() => Fields.Object(
        "OwnershipStake", "What a party owns of a company, directly and through others.",
        Fields.Of<StakeOf>("holder", "Party", FieldAccess.Structure, "The party.", stake => new NodeHandle(stake.View, stake.Stake.Holder)),
        Fields.Of<StakeOf>("company", "Company", FieldAccess.Structure, "The company.", stake => new NodeHandle(stake.View, stake.Stake.Company)),
        Fields.Of<StakeOf>("share", "Decimal", Derived, "Part of the company: as stated where it is one direct holding and nothing else, else to 12 digits. Thresholds are compared with the exact number.", stake => stake.Stake.Rounded),
        Fields.Of<StakeOf>("lower", "Decimal", Derived, "The part on the lower bounds of all holdings.", stake => Rounded(stake.Stake.Lower)),
        Fields.Of<StakeOf>("upper", "Decimal", Derived, "The part on the upper bounds, with what simple paths not counted may add; null where nothing bounds it.", stake => Rounded(stake.Stake.Upper)),
        Fields.Of<StakeOf>("remainder", "Decimal", Derived, "What simple paths that were not counted may add to the share at most; 0 where all were, null where nothing bounds it.", stake => Rounded(stake.Stake.Remainder)),
        Fields.Of<StakeOf>("direct", "Decimal", Derived, "Part held directly, 0 where there is none.", stake => stake.Stake.Direct),
        Fields.Of<StakeOf>("isUltimate", "Boolean!", FieldAccess.Structure, "Nobody is known to hold a part of the holder.", stake => stake.Stake.IsUltimate),
        Fields.Of<StakeOf>("chains", "OwnershipChains", Derived, "The chains that carry most of the stake, as evidence.", Chains,
            TypeExpression.First(MostChains, $"Number of chains, 1 to {MostChains}; 3 where not given.")),
        new ProofTypes(catalog).OfStake());

    private static object Chains(StakeOf stake, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? 3;
        if (first is < 1 or > MostChains) throw Errors.Problem.BadInput("first", $"must be between 1 and {MostChains}.");
        var best = OwnershipChains.Best(stake.View.Holdings(context.Meter()), stake.Stake.Holder, stake.Stake.Company, first, meter: context.Meter());
        var seen = best.Chains.Select(chain => new ChainOf(stake.View, chain)).ToList();
        return ((IReadOnlyList<ChainOf>)seen, best.IsComplete);
    }

    private static decimal? Rounded(double? share) => share is { } number ? LegalThreshold.Round(number) : null;

    private static string KeyOf(StakeOf stake) =>
        $"{stake.View.Snapshot.Nodes.IdOf(stake.Stake.Holder)} {stake.View.Snapshot.Nodes.IdOf(stake.Stake.Company)}";
}
