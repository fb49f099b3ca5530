using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>GraphQL types of rules and of what they say. What is derived from holdings has their level.</summary>
internal sealed class RuleTypes(SchemaCatalog catalog)
{
    private const int MostChains = 20;

    private FieldAccess Derived => FieldAccess.Reads(catalog.Relationship("HOLDS").Level);

    public IEnumerable<IGraphType> All() =>
    [
        Fields.Enum(
            "OwnershipRuleTopic", "What a rule is asked for.",
            ("BENEFICIAL_OWNER", RuleTopic.BeneficialOwner, "Who is behind a company as its beneficial owner."),
            ("CONTROL", RuleTopic.Control, "Who controls a company."),
            ("CONCERT", RuleTopic.Concert, "Who acts in concert with whom in a company."),
            ("DISCLOSURE", RuleTopic.Disclosure, "Whose part of a company must be disclosed, at which steps."),
            ("GROUP", RuleTopic.Group, "Who is one group of clients with whom."),
            ("CLOSE_LINK", RuleTopic.CloseLink, "Who is closely linked with whom."),
            ("SANCTIONS", RuleTopic.Sanctions, "What listed parties own or control.")),
        Fields.Enum(
            "OwnershipRuleScope", "Between whom a rule looks.",
            ("HOLDER_AND_COMPANY", RuleScope.HolderAndCompany, "From a holder to the company asked about."),
            ("INVESTORS", RuleScope.Investors, "Between two that hold parts of the company asked about."),
            ("PARTIES", RuleScope.Parties, "Between the party asked about and any other, either way.")),
        Fields.Enum(
            "OwnershipHolderKind", "Who a rule or a limb is about.",
            ("ANY", HolderKind.Any, "Anybody."),
            ("PERSON", HolderKind.Person, "Natural persons."),
            ("LEGAL_PERSON", HolderKind.LegalPerson, "Legal persons, partnerships among them."),
            ("PUBLIC_BODY", HolderKind.PublicBody, "Public bodies."),
            ("LISTED", HolderKind.Listed, "Those on a list of sanctions in force.")),
        Fields.Enum(
            "OwnershipLimbKind", "What a limb looks at.",
            ("PART", LimbKind.Part, "The part of a company that chains of holdings give: products along a chain, sums over chains."),
            ("COMMAND", LimbKind.Command, "The part that a party holds together with all it controls by majority of votes, each part in full."),
            ("AGGREGATE", LimbKind.Aggregate, "The direct parts of all who are listed, or so held in turn, in sum."),
            ("PART_OF_CONTROLLER", LimbKind.PartOfController, "A part of one who stands in another limb to the company."),
            ("AGREEMENT", LimbKind.Agreement, "An agreement in force that concerns votes in the company."),
            ("TIE", LimbKind.Tie, "A tie that a source states: an office, a right, a guarantee."),
            ("COMMON", LimbKind.Common, "A third party that stands in another limb to both."),
            ("PARTNERSHIP", LimbKind.Partnership, "Both hold a part of one partnership."),
            ("RELATIVE", LimbKind.Relative, "A relative of one who stands in another limb to the company.")),
        Fields.Enum(
            "OwnershipMeasure", "What of a company is reckoned.",
            ("EQUITY", ShareMeasure.Equity, "Shares of the equity."),
            ("VOTES", ShareMeasure.Votes, "Shares of the votes.")),
        Fields.Enum(
            "OwnershipVerdictHolds", "Whether a limb holds, whatever ranges and unknown shares turn out to be.",
            ("CERTAIN", RuleHolding.Certain, "However they turn out."),
            ("POSSIBLE", RuleHolding.Possible, "By some turn of them, or by a judgement that figures do not make.")),
        Fields.Object(
            "OwnershipRules", "The rules of law on ownership and control.",
            Told<GraphView>("rules", "[OwnershipRule!]!", "The rules, by name.", _ => RuleBook.Shipped.All),
            Told<GraphView>("stamp", "Stamp!", "What the answer stands on.", view => view.Stamp)),
        Fields.Object(
            "OwnershipRule", "A rule of law on ownership or control, as data.",
            Told<OwnershipRule>("name", "String!", "Name to ask by.", rule => rule.Name),
            Told<OwnershipRule>("topic", "OwnershipRuleTopic!", "What it is asked for.", rule => rule.Topic),
            Told<OwnershipRule>("scope", "OwnershipRuleScope!", "Between whom it looks.", rule => rule.Scope),
            Told<OwnershipRule>("holder", "OwnershipHolderKind!", "Who it is about.", rule => rule.Holder),
            Told<OwnershipRule>("title", "String!", "Its own title.", rule => rule.Title),
            Told<OwnershipRule>("source", "String!", "Where its text is published.", rule => rule.Source),
            Told<OwnershipRule>("versions", "[OwnershipRuleVersion!]!", "Its wordings, by the day from which each applies.", rule => rule.Versions),
            Told<OwnershipRule>("cannotKnow", "[String!]!", "What no graph of holdings can tell under it.", rule => rule.CannotKnow),
            Told<OwnershipRule>("unchecked", "[String!]!", "What of it was not held against the source.", rule => rule.Unchecked)),
        Fields.Object(
            "OwnershipRuleVersion", "A wording of a rule.",
            Told<RuleVersion>("name", "String!", "Name of the wording.", version => version.Name),
            Told<RuleVersion>("from", "Date!", "First day on which it applies.", version => version.From),
            Told<RuleVersion>("limbs", "[OwnershipLimb!]!", "Its limbs; those that others are built on are among them.", version => version.Limbs)),
        Fields.Object(
            "OwnershipLimb", "A limb of a rule.",
            Told<RuleLimb>("name", "String!", "Name within the rule.", limb => limb.Name),
            Told<RuleLimb>("article", "String!", "Article of the source.", limb => limb.Article),
            Told<RuleLimb>("says", "String!", "What it says.", limb => limb.Says),
            Told<RuleLimb>("kind", "OwnershipLimbKind!", "What it looks at.", limb => limb.Kind),
            Told<RuleLimb>("measure", "OwnershipMeasure", "What is reckoned; null where nothing is.", limb => limb.Threshold > 0 || limb.Kind == LimbKind.Agreement ? limb.Measure : null),
            Told<RuleLimb>("semantics", "OwnershipSemantics", "How chains add up; null for what is no part through chains.", limb => limb.Kind is LimbKind.Part or LimbKind.PartOfController ? limb.Semantics : null),
            Told<RuleLimb>("threshold", "Decimal", "Part that is enough; null where there is none.", limb => limb.Threshold > 0 ? limb.Threshold : null),
            Told<RuleLimb>("operator", "ThresholdOperator", "Whether the threshold itself counts.", limb => limb.Threshold > 0 ? limb.Operator : null),
            Told<RuleLimb>("step", "Decimal", "Size of the steps at each of which the rule asks for something anew.", limb => limb.Step > 0 ? limb.Step : null),
            Told<RuleLimb>("report", "String", "What it asks for at each step; null where it asks for nothing.", limb => limb.Report),
            Told<RuleLimb>("reportWithin", "Int", "Within how many working days after the step; null where it asks for nothing.", limb => limb.Report is null ? null : limb.ReportWithin),
            Told<RuleLimb>("indicative", "Boolean!", "Never certain: the law leaves it to a judgement.", limb => limb.Indicative)),
        Answer(),
        Verdict(),
        Fields.Object(
            "OwnershipGroup", "A group of clients by a definition of law. A public body, and who joins by an agreement alone, is a member through whom no others join.",
            Fields.Of<RuleGroupOf>("asked", "Party", FieldAccess.Structure, "Whom it was asked of.", group => group.By.Asked),
            Fields.Of<RuleGroupOf>("definition", "OwnershipRule!", FieldAccess.Structure, "By which rule.", group => group.By.Answer.Rule),
            Fields.Of<RuleGroupOf>("version", "OwnershipRuleVersion!", FieldAccess.Structure, "In which wording.", group => group.By.Answer.Version),
            Fields.Of<RuleGroupOf>("members", "[Party]", Derived, "Its members, whom it was asked of among them.", group => group.Group.Members.Select(node => group.By.Asked.At(node)).ToArray()),
            Fields.Of<RuleGroupOf>("links", "[OwnershipVerdict!]", Derived, "What joins them.", group => group.By.Verdicts),
            Fields.Of<RuleGroupOf>("isComplete", "Boolean!", FieldAccess.Structure, $"False where there are more than {RuleGroup.MostMembers} members.", group => group.Group.IsComplete),
            Fields.Of<RuleGroupOf>("readsTies", "Boolean!", FieldAccess.Structure, "Whether ties between parties and lists were open to the viewer; where not, limbs on them are silent.", group => group.By.ReadsTies),
            Fields.Of<RuleGroupOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", group => group.By.Asked.View.Stamp)),
    ];

    private ObjectGraphType Answer() => Fields.Object(
        "OwnershipRuleAnswer", "What a rule says of a company or party.",
        Fields.Of<RuleAnswerOf>("asked", "Party", FieldAccess.Structure, "Whom it was asked of.", answer => answer.Asked),
        Fields.Of<RuleAnswerOf>("rule", "OwnershipRule!", FieldAccess.Structure, "By which rule.", answer => answer.Answer.Rule),
        Fields.Of<RuleAnswerOf>("version", "OwnershipRuleVersion!", FieldAccess.Structure, "In which wording: that of the as-of day.", answer => answer.Answer.Version),
        Fields.Of<RuleAnswerOf>("applies", "Boolean!", FieldAccess.Structure, "Whether the wording is in force on the as-of day and the rule is of the company: one of listed companies is of those that have issued a listed security. What it would say is told all the same.", answer => answer.Answer.Applies),
        Fields.Of<RuleAnswerOf>("verdicts", "[OwnershipVerdict!]", Derived, "Who stands in it, limb by limb; whom no limb names does not.", answer => answer.Verdicts),
        Fields.Of<RuleAnswerOf>("agreed", "[OwnershipVerdict!]", Derived, "Of the verdicts those by an agreement.", answer => answer.Verdicts.Where(one => one.Verdict.Limb.Kind == LimbKind.Agreement).ToArray()),
        Fields.Of<RuleAnswerOf>("presumed", "[OwnershipVerdict!]", Derived, "Of the verdicts on concert those by a presumption that may be rebutted.",
            answer => answer.Verdicts.Where(one => one.Answer.Rule.Topic == RuleTopic.Concert && one.Verdict.Limb.Kind != LimbKind.Agreement).ToArray()),
        Fields.Of<RuleAnswerOf>("findings", "[OwnershipFinding!]!", FieldAccess.Structure, "What is wrong with the statements, and what nobody is stated to hold.",
            answer => answer.Answer.Findings.Select(finding => new FindingOf(answer.Asked.View, finding)).ToArray()),
        Fields.Of<RuleAnswerOf>("readsTies", "Boolean!", FieldAccess.Structure, "Whether ties between parties and lists were open to the viewer; where not, limbs on them are silent.", answer => answer.ReadsTies),
        Fields.Of<RuleAnswerOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", answer => answer.Asked.View.Stamp));

    private ObjectGraphType Verdict() => Fields.Object(
        "OwnershipVerdict", "What one limb of a rule says of a holder and a company.",
        Fields.Of<VerdictOf>("rule", "String!", FieldAccess.Structure, "Name of the rule.", one => one.Answer.Rule.Name),
        Fields.Of<VerdictOf>("version", "String!", FieldAccess.Structure, "Name of its wording.", one => one.Answer.Version.Name),
        Fields.Of<VerdictOf>("asked", "Party", FieldAccess.Structure, "Of whom it is said: whom the rule was asked of; of concert the company whose investors they are.", one => new NodeHandle(one.View, one.Verdict.Asked)),
        Fields.Of<VerdictOf>("limb", "OwnershipLimb!", FieldAccess.Structure, "The limb, with its article.", one => one.Verdict.Limb),
        Fields.Of<VerdictOf>("holders", "[Party]!", FieldAccess.Structure, "The holder, or those who are one together.", one => one.Verdict.Finding.Holders.Select(node => new NodeHandle(one.View, node)).ToArray()),
        Fields.Of<VerdictOf>("agreement", "Agreement", FieldAccess.Structure, "The agreement that makes them one.",
            one => one.Verdict.Finding.Agreement >= 0 ? new NodeHandle(one.View, one.Verdict.Finding.Agreement) : null),
        Fields.Of<VerdictOf>("company", "Party", FieldAccess.Structure, "The company, or the other party.", one => new NodeHandle(one.View, one.Verdict.Finding.Company)),
        Fields.Of<VerdictOf>("holds", "OwnershipVerdictHolds!", FieldAccess.Structure, "Whether it holds for certain.", one => one.Verdict.Finding.Holds),
        Fields.Of<VerdictOf>("lower", "Decimal", Derived, "What was measured is at least this; null where nothing is measured.", one => one.Verdict.Finding.Figure?.Lower),
        Fields.Of<VerdictOf>("stated", "Decimal", Derived, "What was measured, as stated or by the best reading of the bounds.", one => one.Verdict.Finding.Figure?.Stated),
        Fields.Of<VerdictOf>("upper", "Decimal", Derived, "It is at most this; null where nothing bounds it.", one => one.Verdict.Finding.Figure?.Upper),
        Fields.Of<VerdictOf>("steps", "Int", Derived, "How many steps of the limb it has come to; null where the limb has none.", one => one.Verdict.Steps),
        Fields.Of<VerdictOf>("via", "Party", FieldAccess.Structure, "The party between, or the first of several; null where there is none.",
            one => one.Verdict.Finding.Via >= 0 ? new NodeHandle(one.View, one.Verdict.Finding.Via) : null),
        Fields.Of<VerdictOf>("cannotKnow", "[String!]!", FieldAccess.Structure, "What could not be known.", one => one.Verdict.CannotKnow),
        Fields.Of<VerdictOf>("chains", "[OwnershipChain!]", Derived, "The chains of holdings that carry most of it, from each holder, or from the third party to both.", Chains,
            TypeExpression.First(MostChains, $"Number of chains of each, 1 to {MostChains}; 3 where not given.")),
        new ProofTypes(catalog).OfVerdict());

    private static ChainOf[] Chains(VerdictOf one, IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first") ?? 3;
        if (first is < 1 or > MostChains) throw Errors.Problem.BadInput("first", string.Create(CultureInfo.InvariantCulture, $"must be between 1 and {MostChains}."));
        var (finding, meter) = (one.Verdict.Finding, context.Meter());
        IEnumerable<(int From, int To)> pairs = one.Verdict.Limb.Kind == LimbKind.Common
            ? finding.Holders.Append(finding.Company).Select(to => (finding.Via, to))
            : finding.Holders.Select(from => (from, finding.Company));
        return [.. pairs.SelectMany(pair => OwnershipChains.Best(one.View.Holdings(meter), pair.From, pair.To, first, meter: meter).Chains).Select(chain => new ChainOf(one.View, chain))];
    }

    private static FieldType Told<TSource>(string name, string type, string description, Func<TSource, object?> read) => Fields.Of(name, type, FieldAccess.Structure, description, read);
}
