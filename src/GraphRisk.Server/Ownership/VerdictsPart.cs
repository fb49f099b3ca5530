using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Selection;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>A page of verdicts with the rule that says them.</summary>
internal sealed record VerdictPage(Page Page, RegisterAnswer Register) : Page(Page);

/// <summary>
/// Rules of law asked of all companies and parties: <c>ownershipVerdicts</c>, of which companies and holders a filter selects. Companies the viewer may not know of
/// are in no verdict.
/// </summary>
internal sealed class VerdictsPart(GraphSession session, Lookup lookup, SelectableTypes types, Pager pager) : ISchemaPart
{
    private const string Name = "ownershipVerdicts";

    private static readonly RuleTopic[] Topics = Enum.GetValues<RuleTopic>();

    private readonly RuleFields rules = new(session.Catalog);

    public void AddTo(SchemaParts parts)
    {
        var party = types[SchemaCatalog.Party];
        parts.Types.AddRange(Connected());
        parts.Query.AddField(Fields.Resolved(
            Name, "OwnershipVerdictConnection", FieldAccess.Reads(session.Catalog.Relationship("HOLDS").Level),
            "What a rule of law says of all companies and parties it is of, or of those a filter selects: beneficial owners, controllers, concert, close links, links of groups, what listed parties own.",
            async context => await ResolveAsync(context),
            BitemporalArguments.And([
                RuleFields.Argument("rule", "cn-beneficial-owner", Topics),
                TypeExpression.Argument("threshold", "Decimal", "Part that counts in place of the rule's own, as for a category of higher risk; 0 to 1."),
                TypeExpression.Argument("lists", "[String!]", "Of a rule of sanctions: words one of which the list, its authority or programme must contain, such as OFAC; every list of sanctions in force where not given."),
                TypeExpression.Argument("company", WhereTypes.WhereOf(party.Name), "Of which companies, or whom the rule is asked of; all where not given."),
                TypeExpression.Argument("holder", WhereTypes.WhereOf(party.Name), "Of which holders one must be; any where not given."),
                TypeExpression.Argument("party", "ID", "A party that must stand in it: as a holder, or as whom it is said of or with."),
                TypeExpression.Argument("holds", "OwnershipVerdictHolds", "Certain verdicts alone, or possible ones alone; both where not given."),
                TypeExpression.Argument("limbs", "[String!]", "By which limbs of the rule; all where not given."),
                .. PageRequest.Arguments,
            ])));
    }

    private static List<IGraphType> Connected()
    {
        List<IGraphType> types = [.. Connections.Of("OwnershipVerdict", "Verdicts of a rule of law over all there are", "OwnershipVerdict", (item, _) => item)];
        var connection = (ObjectGraphType)types[^1];
        connection.AddField(Fields.Of<VerdictPage>("rule", "OwnershipRule!", FieldAccess.Structure, "By which rule.", page => page.Register.Answer.Rule));
        connection.AddField(Fields.Of<VerdictPage>("version", "OwnershipRuleVersion!", FieldAccess.Structure, "In which wording: that of the as-of day.", page => page.Register.Answer.Version));
        connection.AddField(Fields.Of<VerdictPage>("applies", "Boolean!", FieldAccess.Structure, "Whether the wording is in force on the as-of day. What it would say is told all the same.", page => page.Register.Answer.Applies));
        connection.AddField(Fields.Of<VerdictPage>(
            "readsTies", "Boolean!", FieldAccess.Structure, "Whether ties between parties and lists were open to the viewer; where not, limbs on them are silent.", page => page.Register.ReadsTies));
        return types;
    }

    private async ValueTask<VerdictPage> ResolveAsync(IResolveFieldContext context)
    {
        var (view, request) = (await session.ViewAsync(context), PageRequest.Of(context));
        var rule = RuleOf(context);
        var limbs = LimbsOf(context, rule.On(view.Snapshot.Stamp.AsOfDay));
        var holds = context.GetArgument<RuleHolding?>("holds");
        var scope = await SelectionScope.OfAsync(session, view, context);
        var companies = await AmongAsync(scope, context, "company");
        var holders = context.Given("holder") is null ? null : await AmongAsync(scope, context, "holder");
        var party = context.GetArgument<string?>("party") is { } id ? lookup.Node(view, context.Viewer(), "party", id, SchemaCatalog.Party).Number : -1;
        var lists = context.GetArgument<List<string>?>("lists") ?? [];
        if (lists.Count > 0 && rule.Topic != RuleTopic.Sanctions) throw Problem.BadInput("lists", $"is read by rules of sanctions, and {rule.Name} is none.");
        var all = rules.AskAll(view, rule, lists, context);
        context.Meter().Charge(WorkUnit.Steps, all.Answer.Verdicts.Length);
        RuleVerdict[] found =
        [
            .. all.Answer.Verdicts.Where(verdict =>
                companies?.Contains(verdict.Asked) != false && (holds is null || verdict.Finding.Holds == holds) && limbs?.Contains(verdict.Limb.Name) != false
                && (holders is null || verdict.Finding.Holders.Any(holders.Contains))
                && (party < 0 || verdict.Asked == party || verdict.Finding.Company == party || verdict.Finding.Holders.Contains(party))),
        ];
        return new VerdictPage(
            pager.Cut(request, view.Stamp, found.Length, at => (KeyOf(found[at], view), new VerdictOf(view, all.Answer, found[at], all.Facts)), key => Find(found, key, view, context.Meter())), all);
    }

    /// <summary>Place of the verdict of a key, -1 where there is none; by whom it is said of first, since a text of each costs much.</summary>
    private static int Find(RuleVerdict[] found, string key, GraphView view, WorkMeter meter)
    {
        var (at, asked, isOf) = (0, -1, false);
        foreach (var one in meter.Along(found))
        {
            if (one.Asked != asked) (asked, isOf) = (one.Asked, key.StartsWith($"{view.Snapshot.Nodes.IdOf(one.Asked)} ", StringComparison.Ordinal));
            if (isOf && KeyOf(one, view) == key) return at;
            at++;
        }

        return -1;
    }

    private static OwnershipRule RuleOf(IResolveFieldContext context)
    {
        var rule = RuleFields.RuleOf(context, "rule", "cn-beneficial-owner", Topics);
        return RuleFields.PartOf(context, "threshold") is { } threshold ? rule.With(threshold) : rule;
    }

    private static HashSet<string>? LimbsOf(IResolveFieldContext context, RuleVersion version)
    {
        if (context.GetArgument<List<string>?>("limbs") is not { } named) return null;
        string[] told = [.. version.Limbs.Where(limb => !limb.Helper).Select(limb => limb.Name)];
        return named.Find(name => !told.Contains(name)) is { } unknown
            ? throw Problem.BadInput("limbs", $"names '{unknown}', which is no limb of the rule as it is worded on that day. Limbs: {string.Join(", ", told)}.") : [.. named];
    }

    /// <summary>The parties a filter selects, of those the viewer may know to be there; null where that is all of them.</summary>
    private async ValueTask<HashSet<int>?> AmongAsync(SelectionScope scope, IResolveFieldContext context, string argument)
    {
        var (reader, party) = (new WhereReader(types, scope), types[SchemaCatalog.Party]);
        if (context.Given(argument) is null && party.Types.All(one => scope.Sight.Opening($"{one.Name}.id", one.Level) is null)) return null;
        var condition = await reader.NodeAsync(party, context.Given(argument), argument);
        return [.. SelectionPart.Find(reader, scope, party, condition).Select(row => row.Node)];
    }

    /// <summary>What tells a verdict from others of its rule.</summary>
    private static string KeyOf(RuleVerdict verdict, GraphView view)
    {
        string IdOf(int node) => view.Snapshot.Nodes.IdOf(node).ToString();
        var finding = verdict.Finding;
        return string.Create(CultureInfo.InvariantCulture, $"{IdOf(verdict.Asked)} {verdict.Limb.Name} {string.Join('+', finding.Holders.Select(IdOf))} {IdOf(finding.Company)} {(finding.Agreement < 0 ? "" : IdOf(finding.Agreement))}");
    }
}
