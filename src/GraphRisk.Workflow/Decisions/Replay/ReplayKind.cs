using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>A row that opens a case, with where it is held.</summary>
/// <param name="Row">The row.</param>
/// <param name="Draft">What is known of cases.</param>
/// <param name="Broker">Id of the broker it names; null where it names none.</param>
/// <param name="Type">Node type of the case.</param>
/// <param name="On">The day of the move.</param>
/// <param name="Cancellation">Ends the reading.</param>
internal sealed record OpeningRow(MoveRecord Row, ReplayDraft Draft, NodeId? Broker, NodeType Type, DateOnly On, CancellationToken Cancellation)
{
    /// <summary>Whether the case was opened before, as whose it would be: what was right then is not asked again.</summary>
    public required Func<CaseParties, ValueTask<bool>> IsKnown { get; init; }
}

/// <summary>A row that moves a case.</summary>
/// <param name="Asked">The move as the row says it.</param>
/// <param name="Filed">The case as it stands.</param>
/// <param name="Draft">What is known of cases.</param>
/// <param name="On">The day of the move.</param>
/// <param name="Cancellation">Ends the reading.</param>
internal sealed record MovingRow(MoveAsked Asked, FiledCase Filed, ReplayDraft Draft, DateOnly On, CancellationToken Cancellation);

/// <summary>
/// How a kind of case is read from rows: what its opening says, and what the program adds to its moves, by the same functions as for a move that is made here. Warnings and reviews are none: they follow from what is recorded, and the
/// round of a past day files them.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Content">Fields of the case that its opening row states.</param>
/// <param name="Opening">Reads an opening.</param>
/// <param name="Completed">Adds what the kind knows to a move.</param>
internal sealed record ReplayKind(
    CaseKind Kind, ImmutableArray<string> Content, Func<OpeningRow, ValueTask<CaseOpening>> Opening, Func<MovingRow, ValueTask<MoveAsked>> Completed)
{
    /// <summary>Why a case cannot be opened beside those there are on what it is about; asked of new ones only.</summary>
    public Func<OpeningRow, CaseOpening, ValueTask<string?>> Beside { get; init; } = (_, _) => ValueTask.FromResult<string?>(null);

    /// <summary>Every kind that is read.</summary>
    public static ImmutableArray<ReplayKind> All { get; } =
    [
        new(CaseKind.Application, ["product", "amount", "termInDays", "shareOfBroker", "isAffiliateOfBroker", "purpose"], ApplicationAsync, row => new(Application(row))),
        new(CaseKind.Complaint, ["about", "text", "disputedField"], ComplaintOpening.ReadAsync, ComplaintOpening.CompletedAsync),
        new(CaseKind.MarginCall, ["calledOn", "ratio", "callLine", "restoreTo", "amount", "dueOn", "consequence"], CallAsync, row => new(Computed(row, CallTerms.Computed(row.Filed, row.Asked, MarginLines.Common.For(CodeOf(row.Filed), row.On), row.Draft.Calendar))))
        {
            Beside = async (row, opening) => (await row.Draft.OnAsync(CaseKind.MarginCall, "CALLS", opening.Ties[0].To, row.Cancellation))
                .Exists(call => call.History.State is "OPEN" or "EXTENDED" or "PASSED") ? "has a call that waits." : null,
        },
        new(CaseKind.Default, ["origin", "cause", "defaultedOn", "amount", "interest"], DefaultAsync, row => new(Default(row)))
        {
            Beside = async (row, opening) => (await row.Draft.OnAsync(CaseKind.Default, "DEFAULTS_ON", opening.Ties[0].To, row.Cancellation))
                .Exists(one => DefaultTerms.Open.Contains(one.History.State!)) ? "has a default that is under way." : null,
        },
        new(CaseKind.FreezeRequest, ["legalBasis"], FreezeAsync, FreezeAsync)
        {
            Beside = async (row, opening) => await EndedAsync(row.Draft, opening.Ties[0].To, row.Cancellation),
        },
    ];

    /// <summary>The kind of a name, as the schema or the state tables write it; null where there is none.</summary>
    public static ReplayKind? Find(string name) => All.FirstOrDefault(one => one.Kind.NodeType == name);

    private static ValueTask<CaseOpening> ApplicationAsync(OpeningRow row)
    {
        var (cells, type) = (row.Row, row.Type);
        var client = ReplayParties.ClientOf(row, row.Broker ?? throw new MoveRefusedException(MoveRecord.Broker, "is needed."));
        var application = new FinancingApplication
        {
            Product = Enum.Parse<ContractKind>(cells.Needed(type, "product").AsString(), ignoreCase: true),
            Amount = cells.Value(type, "amount")?.AsDecimal(),
            TermInDays = (int?)cells.Value(type, "termInDays")?.AsInteger(),
            ShareOfBroker = cells.Value(type, "shareOfBroker")?.AsDecimal(),
            IsAffiliateOfBroker = cells.Value(type, "isAffiliateOfBroker")?.AsBoolean(),
            Collateral = ReplayParties.Offered(row),
        };
        if (application.Amount <= 0) throw new MoveRefusedException("amount", "must be above 0.");
        NodeId? guarantor = cells[MoveRecord.Guarantor] is { } named ? ReplayParties.PartyOf(row, MoveRecord.Guarantor, named) : null;
        return new(ApplicationFacts.Opening(new CaseParties(client.ToString(), row.Broker.ToString()), application, guarantor, cells.Value(type, "purpose")?.AsString()));
    }

    private static MoveAsked Application(MovingRow row) => ApplicationFacts.FaultOf(row.Filed, row.Asked, row.On) is var (field, fault)
        ? throw new MoveRefusedException(field, fault)
        : row.Asked with { Circumstances = ApplicationFacts.Circumstances(row.Asked, AdmissionPolicy.Common.For(CodeOf(row.Filed), row.On)) };

    private static async ValueTask<CaseOpening> CallAsync(OpeningRow row)
    {
        var (contract, parties) = await ReplayParties.ContractOfAsync(row);
        string[] fields = ["calledOn", "ratio", "callLine", "restoreTo", "amount", "dueOn", "consequence"];
        var content = Properties.Of(fields.Select(field => new Property(field, row.Row.Needed(row.Type, field))));
        ReplayParties.RequireBegun(row, contract, "calledOn");
        return new CaseOpening(parties, content, [("CALLS", contract, Properties.None)]);
    }

    private static async ValueTask<CaseOpening> DefaultAsync(OpeningRow row)
    {
        var (contract, parties) = await ReplayParties.ContractOfAsync(row);
        var (cells, type) = (row.Row, row.Type);
        var on = ReplayParties.RequireBegun(row, contract, "defaultedOn");
        var (amount, interest) = (cells.Needed(type, "amount").AsDecimal(), cells.Value(type, "interest")?.AsDecimal());
        if (amount <= 0 || interest > amount) throw new MoveRefusedException("amount", "must be above 0, and interest a part of it.");
        var origin = cells.Needed(type, "origin").AsString();
        if (origin == "DECLARED" != (cells.Need(MoveRecord.Move) == "declare")) throw new MoveRefusedException("origin", "is DECLARED of what a person declares, and of nothing else.");
        return new DefaultTerms(contract, origin, cells.Needed(type, "cause").AsString(), on, amount, interest, IsRecorded(row, contract, on)).ToOpening(parties);
    }

    /// <summary>Whether the broker's own records say of a default on a contract on a day: one that began then or before, and was not cured before.</summary>
    private static bool IsRecorded(OpeningRow row, NodeId contract, DateOnly on)
    {
        var (market, node) = (row.Draft.Market, row.Draft.Market.Snapshot.Nodes.Find(contract));
        if (market.Contracts.PartyOf(node) is not (>= 0 and var party)) return false;
        var happened = market.Events.Of(party).FindAll(one => one.Contract == node && one.Day <= on);
        return happened.Exists(one => one.IsDefault && !happened.Exists(other => other.Kind == CreditEventKind.Cured && other.Day >= one.Day && other.Day < on));
    }

    private static MoveAsked Default(MovingRow row)
    {
        if (DefaultTerms.FaultOf(row.Filed, row.Asked) is var (field, reason)) throw new MoveRefusedException(field, reason);
        var policy = RecoveryPolicy.Common.For(CodeOf(row.Filed), row.On);
        return Computed(row, DefaultTerms.Computed(row.Filed, row.Asked, policy, row.On, row.Draft.Calendar)) with { Circumstances = [.. DefaultTerms.Circumstances(row.Filed, row.On)] };
    }

    private static async ValueTask<CaseOpening> FreezeAsync(OpeningRow row)
    {
        var (number, broker) = (row.Row.Need(MoveRecord.Subject), row.Broker ?? throw new MoveRefusedException(MoveRecord.Broker, "is needed."));
        if (row.Draft.Numbers.Find(CaseKind.Default.NodeType, broker.ToString(), number) is not { } id || await row.Draft.CaseAsync(id, row.Cancellation) is not { } filed)
            throw new MoveRefusedException(MoveRecord.Subject, $"'{number}' is the number of no default of {broker.Key}.");
        return new CaseOpening(filed.History.Parties, Properties.Of(("legalBasis", row.Row.Value(row.Type, "legalBasis") ?? PropertyValue.Of(FreezeDocument.CommonBasis))), [("FREEZES_FOR", id, Properties.None)])
        {
            Added = Properties.Of(("amount", PropertyValue.Of(DefaultTerms.ClaimAfter(filed).Owed))),
        };
    }

    private static async ValueTask<MoveAsked> FreezeAsync(MovingRow row)
    {
        if (FreezeTerms.FaultOf(row.Asked, row.On) is { } term) throw new MoveRefusedException("dueOn", term);
        if (row.Asked.Move is "approve" or "send" or "grant")
            foreach (var tie in row.Filed.Ties)
                if (await EndedAsync(row.Draft, tie, row.Cancellation) is { } ended) throw new MoveRefusedException(null, ended);
        return row.Asked;
    }

    private static async ValueTask<string?> EndedAsync(ReplayDraft draft, NodeId of, CancellationToken cancellation) =>
        await draft.CaseAsync(of, cancellation) is { } filed ? FreezeTerms.FaultOf(filed) : null;

    private static MoveAsked Computed(MovingRow row, Properties added) => row.Asked with { Carried = Properties.Of([.. row.Asked.Carried, .. added]) };

    private static string CodeOf(FiledCase filed) => NodeId.Parse(filed.History.Parties.Broker!).Key;
}
