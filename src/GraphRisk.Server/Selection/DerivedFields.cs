using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Server.Selection;

/// <summary>What is derived of a node by what a viewer knows.</summary>
/// <param name="Owner">The interface whose nodes have it.</param>
/// <param name="Field">Name, kind and meaning.</param>
/// <param name="Access">What reading it needs.</param>
/// <param name="Read">The value of a node of a view; null for none.</param>
internal sealed record DerivedField(string Owner, Field Field, FieldAccess Access, Func<GraphView, int, PropertyValue?> Read);

/// <summary>
/// What is not stated by a source but derived of a party or a contract, by which these can be selected like by any other field, and so can others by a
/// relationship to them: who is in default with one broker is who has a contract granted by it that is. Each has its definition in the reading of the market or in scoring, and its access where it is read one by one.
/// </summary>
internal sealed class DerivedFields
{
    private const string Party = SchemaCatalog.Party;
    private const string Contract = "Contract";

    private static readonly FieldAccess Public = FieldAccess.Reads(Sensitivity.Public);
    private static readonly FieldAccess Confidential = FieldAccess.Reads(Sensitivity.Confidential);
    private static readonly FieldAccess Scored = Confidential.Needs(AuthorisationScope.Score);
    private static readonly FieldAccess OverBrokers = FieldAccess.Reads(Sensitivity.Restricted).Needs(AuthorisationScope.Facts);

    private static readonly ImmutableArray<DerivedField> OfView =
    [
        new(Party, Named("isClient", FieldKind.Boolean, "A broker keeps the party as a client or lends to it.", Confidential), Confidential,
            (view, node) => PropertyValue.Of(view.Contracts().IsClient(node))),
        new(Party, Named("debt", FieldKind.Decimal, "Owed under all contracts that you may know of, yuan; null where it was not stated yet.", Confidential), Confidential,
            (view, node) => view.Contracts().StatedDebtOf(node) is { } debt ? PropertyValue.Of(debt) : null),
        new(Party, Named("inDefault", FieldKind.Boolean, "A contract that you may know of is in default, or its cure is not yet proved; null before the first debt is stated.", Confidential), Confidential,
            (view, node) => view.RequireData().Market().Defaults.Stated(node) is { } known ? PropertyValue.Of(known) : null),
        new(Party, Named("isListed", FieldKind.Boolean, "An entry of a list is in force on the day of the answer.", Public), Public,
            (view, node) => PropertyValue.Of(view.Market().Records.EntriesInForce(node).Any())),
        new(Contract, Named("inDefault", FieldKind.Boolean, "It is in default, by its status or by events that concern it, or its cure is not yet proved; null before the first debt is stated. An event that names no contract counts for the party alone.", Confidential), Confidential,
            (view, node) => view.RequireData().Market().Defaults.StatedOfContract(node) is { } known ? PropertyValue.Of(known) : null),
        new(Contract, Named("owed", FieldKind.Decimal, "Owed under it, yuan: nothing once it is closed; null where it was not stated yet.", Confidential), Confidential,
            (view, node) => view.Contracts().StatedDebtUnder(node) is { } debt ? PropertyValue.Of(debt) : null),
        new(Contract, Named("coverage", FieldKind.Decimal, "What secures it, at the last close where securities are pledged, to what is owed, 1 = 100%; null without debt.", Confidential), Confidential,
            (view, node) => view.Contracts().Read(node).Coverage.Ratio is { } ratio ? PropertyValue.Of(decimal.Round(ratio, 12)) : null),
    ];

    private readonly ImmutableArray<SelectableField> ofParties;
    private readonly ImmutableArray<SelectableField> ofContracts;
    private readonly ImmutableArray<SelectableGroup> groups;

    /// <param name="champion">The model that scores; null where none is trained.</param>
    /// <param name="structure">What a party's place in the whole graph is.</param>
    public DerivedFields(Func<CreditModel?> champion, StructureFields structure)
    {
        (ofParties, ofContracts) = ([structure.PageRank, .. Of(Party)], [.. Of(Contract)]);
        groups =
        [
            new("creditScore", "CreditScore", "The score of a client.",
            [
                OfScore("score", FieldKind.Integer, "300 to 850, higher is safer; null for parties that are no clients.", line => PropertyValue.Of((long)line.Score)),
                OfScore("grade", FieldKind.Enum, "Grade of the probability of default.", line => PropertyValue.OfEnum(line.Grade), Grades),
                OfScore("probabilityOfDefault", FieldKind.Decimal, "Probability of default or forced liquidation within the horizon.",
                    line => PropertyValue.Of(Math.Round((decimal)line.ProbabilityOfDefault, 10))),
            ]),
            new("marketFacts", "MarketFacts", "What a party owes and holds over all brokers.",
            [
                OfMarket("debt", FieldKind.Decimal, "Owed under all outstanding contracts, yuan; null where it was not stated yet.", facts => facts.Debt is { } debt ? PropertyValue.Of(debt) : null),
                OfMarket("contracts", FieldKind.Integer, "Outstanding contracts.", facts => PropertyValue.Of((long)facts.Contracts)),
                OfMarket("maintenanceRatio", FieldKind.Decimal, "Assets to debt over all margin contracts with debt.",
                    facts => facts.MaintenanceRatio is { } ratio ? PropertyValue.Of(decimal.Round(ratio, 12)) : null),
                OfMarket("securities", FieldKind.Decimal, "Securities in all accounts at the last close.", facts => PropertyValue.Of(facts.Securities)),
            ], "marketFacts"),
            .. structure.Groups,
        ];

        static IEnumerable<SelectableField> Of(string owner) => OfView.Where(derived => derived.Owner == owner).Select(derived => new SelectableField(
            owner, derived.Field, derived.Access, scope => new(FieldValues.Computed(derived.Field, node => derived.Read(scope.View, node)))));

        SelectableField OfScore(string name, FieldKind kind, string description, Func<ScoreLine, PropertyValue?> read, EnumType? names = null)
        {
            var field = Named(name, kind, description, Scored) with { Enum = names };
            return new SelectableField("CreditScore", field, Scored, async scope =>
            {
                if (champion() is not { } model) throw Problem.NoModel;
                scope.View.RequireDebts();
                var whole = await scope.WholeAsync();
                var lines = whole.AllScores(model, scope.Meter);
                return Over(field, scope, whole, node => Find(lines, node) is { } line ? read(line) : null);
            });
        }
    }

    /// <summary>Grades, the safest first.</summary>
    public static EnumType Grades { get; } = new(
        "Grade", "Grades of the probability of default, the safest first.", [.. GradeTable.Standard.Grades.Select(grade => grade.Name)], default) { IsOrdered = true };

    /// <summary>What is derived of a node by what the viewer knows of it, and read as a field of its own.</summary>
    public static ImmutableArray<DerivedField> Fields => OfView;

    /// <summary>What is derived for nodes of some types.</summary>
    public IEnumerable<SelectableField> Of(ImmutableArray<NodeType> types) => AreParties(types) ? ofParties : types.All(type => type.Is(Contract)) ? ofContracts : [];

    /// <summary>What is derived for them and read through a field of its own.</summary>
    public ImmutableArray<SelectableGroup> GroupsOf(ImmutableArray<NodeType> types) => AreParties(types) ? groups : [];

    /// <summary>Every field read through another.</summary>
    public ImmutableArray<SelectableGroup> Groups => groups;

    private static bool AreParties(ImmutableArray<NodeType> types) => types.All(type => type.IsParty);

    private static SelectableField OfMarket(string name, FieldKind kind, string description, Func<ClientFacts, PropertyValue?> read)
    {
        var field = Named(name, kind, description, OverBrokers);
        return new SelectableField("MarketFacts", field, OverBrokers, async scope =>
        {
            var whole = await scope.WholeAsync();
            return Over(field, scope, whole, node => read(ClientFacts.Of(whole.Market(), node)));
        });
    }

    /// <summary>Values computed on the whole view, for the nodes of the viewer's own.</summary>
    private static Values Over(Field field, SelectionScope scope, GraphView whole, Func<int, PropertyValue?> read) =>
        ReferenceEquals(whole.Snapshot, scope.View.Snapshot)
            ? FieldValues.Computed(field, read)
            : FieldValues.Computed(field, node => whole.Snapshot.Nodes.Find(scope.View.Snapshot.Nodes.IdOf(node)) is >= 0 and var there ? read(there) : null);

    private static ScoreLine? Find(IReadOnlyList<ScoreLine> lines, int node)
    {
        int low = 0, high = lines.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (lines[middle].Node < node) low = middle + 1;
            else high = middle;
        }

        return low < lines.Count && lines[low].Node == node ? lines[low] : null;
    }

    private static Field Named(string name, FieldKind kind, string description, FieldAccess access) => new(name, kind, description, access.Level!.Value, default);
}
