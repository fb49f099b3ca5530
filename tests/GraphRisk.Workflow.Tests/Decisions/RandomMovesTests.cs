using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.Decisions;

/// <summary>
/// 200,000 moves drawn at random over every table: right and wrong parts, persons named and not, states that lead on and that do not, keys sent again, content that lacks.
/// What the engine makes of each is what <see cref="NaiveCases"/> makes of it, which knows no table.
/// </summary>
public sealed class RandomMovesTests
{
    private const int Moves = 200_000;
    private const int MovesThroughTheStore = 6_000;
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void MovesAtRandomGoWhereTheTablesSayAndNowhereElse()
    {
        var random = new Random(15);
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var reached = CaseKind.All.ToDictionary(kind => kind.NodeType, _ => new HashSet<string>());
        for (var left = Moves; left > 0;)
        {
            var kind = CaseKind.All[random.Next(CaseKind.All.Length)];
            var (history, naive) = (CaseHistory.Unopened(RandomMoves.Parties), NaiveCases.Of(kind.NodeType));
            for (var step = random.Next(1, 40); step > 0 && left > 0; step--, left--)
            {
                var asked = RandomMoves.Draw(random, kind, history);
                var (before, decision) = (history.State, CaseEngine.Decide(kind.Table, history, asked, At));
                var said = decision.Refusal is not null ? "refused" : decision.IsNew ? decision.Made!.To : $"again {decision.Made!.Serial}";
                Assert.That(said, Is.EqualTo(naive.Try(asked)), () => $"{kind.NodeType} in {before}: {asked} ({decision.Refusal?.Reason})");
                var sort = decision.Refusal?.Kind.ToString() ?? (decision.IsNew ? "made" : "again");
                tally[sort] = tally.GetValueOrDefault(sort) + 1;
                if (!decision.IsNew) continue;
                history = history with { Moves = [.. history.Moves, decision.Made!] };
                reached[kind.NodeType].Add(decision.Made!.To);
            }

            Holds(kind, history);
        }

        TestContext.Out.WriteLine(string.Join(", ", tally.Select(one => $"{one.Key} {one.Value}")));
        foreach (var kind in CaseKind.All) Assert.That(reached[kind.NodeType], Is.EquivalentTo(kind.Table.States), "every state is met");
        foreach (var sort in Enum.GetValues<RefusalKind>()) Assert.That(tally.GetValueOrDefault(sort.ToString()), Is.Positive, $"{sort} is met");
    }

    [Test]
    public async Task MovesAtRandomThroughTheStoreAreReplayedFromItToTheSameStates()
    {
        await using var store = new InMemoryGraphStore(GraphText.Catalog);
        var (random, desk) = (new Random(16), new CaseDesk(store));
        var states = new Dictionary<NodeId, (CaseKind Kind, string State, int Moves)>();
        for (var left = MovesThroughTheStore; left > 0;)
        {
            var kind = CaseKind.All[random.Next(CaseKind.All.Length)];
            var opening = new CaseOpening(RandomMoves.Parties, RandomMoves.ContentOf(kind), []);
            var open = RandomMoves.Opening(random, kind);
            var id = CaseFacts.IdOf(kind, opening.Parties, open);
            var outcome = await desk.OpenAsync(kind, opening, open, Filing(left));
            Assert.That(outcome.Decision.Refusal?.Reason, Is.Null);
            for (var step = random.Next(1, 25); step > 0 && left > 0; step--, left--)
            {
                var filed = await CaseFacts.ReadAsync(store, id, (await store.GetVersionAsync()).Number);
                var asked = RandomMoves.Draw(random, kind, filed!.History);
                if (asked.Key == open.Key) continue;
                var foreseen = CaseEngine.Decide(kind.Table, filed.History, asked, At);
                var version = (await store.GetVersionAsync()).Number;
                var done = await desk.MoveAsync(kind, id, asked, null, Filing(left));
                Assert.That((done.Decision.IsNew, done.Decision.Refusal, done.Decision.Made?.To), Is.EqualTo((foreseen.IsNew, foreseen.Refusal, foreseen.Made?.To)));
                Assert.That((await store.GetVersionAsync()).Number, Is.EqualTo(version + (foreseen.IsNew ? 1 : 0)), "what is refused or sent again records nothing");
            }

            var last = await CaseFacts.ReadAsync(store, id, (await store.GetVersionAsync()).Number);
            states[id] = (kind, last!.History.State!, last.History.Moves.Length);
        }

        var snapshot = GraphText.SnapshotOf(await FactsAsync(store), Validity.CloseOf(new DateOnly(2026, 12, 31)));
        foreach (var (id, (kind, state, moves)) in states)
        {
            var filed = await CaseFacts.ReadAsync(store, id, (await store.GetVersionAsync()).Number);
            Holds(kind, filed!.History);
            var node = snapshot.Nodes.Find(id);
            Assert.That((filed.History.Replay(kind.Table).State, snapshot.Nodes.GetString(node, "state")), Is.EqualTo((state, state)));
            Assert.That((snapshot.Nodes.Get(node, "moveCount")!.Value.AsInteger(), snapshot.Relationship("MOVE_OF").In.Degree(node)), Is.EqualTo((moves, moves)), "nothing doubled");
        }

        // Each move is recorded on a day no earlier than the one before, whatever the data say.
        CaseFiling Filing(int left) => new(At.AddMinutes(MovesThroughTheStore - left), new DateOnly(2026, 3, 1).AddDays(left % 7), "test");
    }

    private static async Task<List<Fact>> FactsAsync(InMemoryGraphStore store)
    {
        var facts = new List<Fact>();
        await foreach (var recorded in store.ReadAsync(Graph.Store.ReadScope.All((await store.GetVersionAsync()).Number))) facts.Add(recorded.Fact);
        return facts;
    }

    /// <summary>What must be so of every history, whatever led to it.</summary>
    private static void Holds(CaseKind kind, CaseHistory history)
    {
        Assert.That(history.Replay(kind.Table), Is.EqualTo((history.State, (string?)null)));
        Assert.That(history.Moves.Select(move => move.Key), Is.Unique);
        var approvals = history.Moves.Where(move => move.Move == "approve").ToList();
        foreach (var second in approvals.Where(move => move.From == "AGREED_BY_ONE"))
        {
            var first = approvals[approvals.IndexOf(second) - 1];
            Assert.That(first.Person is not null && second.Person is not null && first.Person != second.Person, "two persons");
            Assert.That(second.Carried.TryGet("amount", out var one) && first.Carried.TryGet("amount", out var other) && one == other, "to one amount");
        }

        foreach (var alone in approvals.Where(move => move is { From: "FILED", To: "APPROVED" }))
            Assert.That(alone.Carried.TryGet("amount", out var amount) && amount.AsDecimal() < RandomMoves.TwoPersonsFrom, "nobody approves alone what takes two");
    }
}

/// <summary>Moves drawn at random.</summary>
internal static class RandomMoves
{
    public const decimal TwoPersonsFrom = 5_000_000m;

    public static readonly CaseParties Parties = new("Person/broker-B001:C1", "Broker/B001");

    private static readonly string?[] Persons = ["li", "wang", "zhao", null];
    private static readonly decimal[] Amounts = [10_000m, 4_990_000m, 5_000_000m, 8_000_000m];
    private static int opened;

    public static MoveAsked Opening(Random random, CaseKind kind) => Draw(random, kind, CaseHistory.Unopened(Parties)) with
    {
        Move = kind.Table.Rows.First(row => row.Opens).Move, By = Opener(kind.Table.Rows.First(row => row.Opens)), Carried = Properties.None, Seen = null,
        Key = FormattableString.Invariant($"opening {++opened}"),
    };

    private static Mover Opener(MoveRow row) => new(row.Who[0], OfPart(row.Who[0]), row.IsNamed ? "li" : null);

    private static string? OfPart(CasePart part) => part switch { CasePart.Client => Parties.Client, CasePart.Officer => Parties.Broker, _ => null };

    public static Properties ContentOf(CaseKind kind) => Properties.Of(
        GraphText.Catalog.Node(kind.NodeType).Fields.Where(field => field.Required && field.Name != "state").Select(field => new Property(field.Name, field.Kind switch
        {
            FieldKind.Enum => PropertyValue.OfEnum(field.Enum!.Values[0]),
            FieldKind.Date => PropertyValue.Of(new DateOnly(2026, 3, 2)),
            _ => PropertyValue.Of("MARGIN_DESK"),
        })));

    public static MoveAsked Draw(Random random, CaseKind kind, CaseHistory history)
    {
        // Mostly what leads on, so that cases get somewhere.
        var leading = kind.Table.MovesFrom(history.State).ToList();
        var move = leading.Count > 0 && random.Next(10) < 7 ? leading[random.Next(leading.Count)] : random.Next(40) == 0 ? "nod" : kind.Table.Moves[random.Next(kind.Table.Moves.Length)];
        var row = kind.Table.Of(move).ToList() is { Count: > 0 } rows ? rows[random.Next(rows.Count)] : kind.Table.Rows[0];
        var part = random.Next(10) < 8 ? row.Who[random.Next(row.Who.Length)] : (CasePart)random.Next(4);
        var of = part switch
        {
            CasePart.Client => random.Next(20) == 0 ? "Person/broker-B001:C2" : Parties.Client,
            CasePart.Officer => random.Next(20) == 0 ? "Broker/B002" : Parties.Broker,
            _ => null,
        };
        var known = history.Moves.Length > 0 && random.Next(12) == 0 ? history.Moves[random.Next(history.Moves.Length)] : null;
        if (known is not null && random.Next(2) == 0)
            return new MoveAsked(known.Move, new Mover(known.Part, OfPart(known.Part), known.Person), known.Key, known.Carried);
        var carried = new SortedDictionary<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var field in row.Carries)
            if (random.Next(25) > 0) carried[field] = ValueOf(random, field);
        foreach (var field in row.May)
            if (random.Next(3) == 0) carried[field] = ValueOf(random, field);
        if (random.Next(40) == 0) carried["assignee"] = ValueOf(random, "assignee");
        if (row.Repeats.Length > 0 && random.Next(10) < 8 && history.Last(move) is { } first)
            foreach (var field in row.Repeats)
                if (first.Carried.TryGet(field, out var before)) carried[field] = before;
        var person = Persons[random.Next(Persons.Length)];
        // Half of what one person alone may do is tried by that person.
        if (row.Only is { } only && history.Last(only.Move)?.Text(only.Field) is { } alone && random.Next(2) == 0) person = alone;
        return new MoveAsked(
            move, new Mover(part, of, person), known?.Key ?? (random.Next(60) == 0 ? "" : FormattableString.Invariant($"{history.Moves.Length} {random.Next()}")),
            Properties.Of(carried.Select(pair => new Property(pair.Key, pair.Value))))
        {
            Circumstances =
            [
                .. carried.TryGetValue("amount", out var amount) && amount.AsDecimal() >= TwoPersonsFrom ? [ApplicationFacts.TwoPersons] : Array.Empty<string>(),
                .. random.Next(2) == 0 ? ["overdue"] : Array.Empty<string>(),
                .. random.Next(2) == 0 ? ["term-over", "reported"] : new[] { "term-open" },
            ],
            Others = kind == CaseKind.Complaint ? ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add("decider", ["li"]) : ImmutableDictionary<string, ImmutableArray<string>>.Empty,
            Seen = random.Next(6) > 0 ? null : random.Next(3) > 0 ? history.Moves.Length : history.Moves.Length + 1,
        };
    }

    private static PropertyValue ValueOf(Random random, string field) => field switch
    {
        "amount" => PropertyValue.Of(Amounts[random.Next(Amounts.Length)]),
        "annualRate" => PropertyValue.Of(random.Next(10) == 0 ? 0.07m : 0.06m),
        "cause" => PropertyValue.OfEnum("SOURCE"),
        "dueOn" or "snoozedUntil" => PropertyValue.Of(new DateOnly(2026, 3, 31)),
        "severity" => PropertyValue.OfEnum(random.Next(2) == 0 ? "SERIOUS" : "CRITICAL"),
        "expectedLoss" => PropertyValue.Of((decimal)random.Next(100_000)),
        "assignee" or "team" => PropertyValue.Of(Persons[random.Next(3)]!),
        _ => GraphText.Catalog.Node(CaseFacts.MoveType).GetField(field) switch
        {
            { Kind: Graph.Schema.FieldKind.Decimal } => PropertyValue.Of(random.Next(1, 9) * 100m),
            { Kind: Graph.Schema.FieldKind.Date } => PropertyValue.Of(new DateOnly(2026, 3, 3)),
            { Kind: Graph.Schema.FieldKind.Enum } named => PropertyValue.OfEnum(named.Enum!.Values[0]),
            _ => PropertyValue.Of(random.Next(15) == 0 ? " " : "because"),
        },
    };
}
