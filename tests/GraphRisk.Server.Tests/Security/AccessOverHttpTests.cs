using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Search;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Tests.Security;

/// <summary>
/// Every field of every type of <c>graph-schema/</c>, asked over HTTP by every role of what is its own, what it knows of and what only
/// another knows, answers as the access table says. Generated from catalog and table: a field or type that is added is in it.
/// </summary>
public sealed class AccessOverHttpTests
{
    private static readonly byte[] Key = "a key for tests only"u8.ToArray();
    private static readonly NodeIds Ids = new(new Sealer(Key));
    private static readonly Pseudonyms Pseudonyms = new(Key);
    private static readonly string Self = FullMarket.IdOf(FullMarket.Catalog.Node("Person"), World.Own).ToString();

    private static readonly Viewer[] Viewers =
    [
        .. from reason in (string?[])[null, "inspection 2026-3"]
           from viewer in (Viewer[])
           [
               ServedGraph.As(Role.Broker, "Broker/B001", "kyc", reason), ServedGraph.As(Role.Client, Self, "own-record", reason),
               ServedGraph.As(Role.Analyst, "lab-7", "data-quality", reason), ServedGraph.As(Role.Regulator, "office-7", "supervision", reason),
           ]
           select viewer,
        ServedGraph.As(Role.Analyst, "lab-7", "model-validation"),
        ServedGraph.As(Role.Broker, "Broker/B001", null), ServedGraph.As(Role.Client, Self, null),
        ServedGraph.As(Role.Analyst, "lab-7", null), ServedGraph.As(Role.Regulator, null, null),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly List<string> wrong = [];
    private readonly HashSet<string> shown = [];
    private WebApplication server = null!;
    private SearchIndex search = null!;
    private int asked;

    [OneTimeSetUp]
    public async Task Serve()
    {
        var store = new InMemoryGraphStore(FullMarket.Catalog);
        await store.AppendAsync(new ChangeSet("full", ServedGraph.Now.AddDays(-7), "test", FullMarket.Changes));
        search = SearchIndex.Open(store.Catalog, folder.PathOf("search"));
        server = GraphServer.Build(
            new ServerOptions { DataDirectory = folder.PathOf("data"), Port = 0, DevelopmentTokens = true },
            new ServerDependencies
            {
                Store = store, Snapshots = new SnapshotProvider(store), Search = search, Clock = new ServedGraph.FixedClock(ServedGraph.Now), IdKey = Key,
                Today = ServedGraph.Today,
            });
        await server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        http.Dispose();
        await server.DisposeAsync();
        search.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task EveryFieldOfTheSchemaAnswersEveryRoleAsTheTableSays()
    {
        foreach (var viewer in Viewers)
            foreach (var world in Enum.GetValues<World>())
                foreach (var type in FullMarket.Catalog.NodeTypes)
                    await CheckAsync(viewer, new Met(type, world));
        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {asked} cells");
        var all = FullMarket.Catalog.NodeTypes.Cast<ElementType>().Concat(FullMarket.Catalog.RelationshipTypes).Concat(FullMarket.Catalog.DerivedTypes)
            .SelectMany(type => type.Fields.Select(field => $"{type.GraphName}.{field.Name}"));
        Assert.That(shown, Is.SupersetOf(all), "every field was shown to somebody");
        TestContext.Out.WriteLine($"{asked} cells");
    }

    private async Task CheckAsync(Viewer viewer, Met met)
    {
        var answer = await AskAsync(viewer, met);
        var node = answer.Data.At("node");
        if (!IsMet(viewer, met))
        {
            Expect(viewer, $"{met}", answer.CodeAt("node"), "NOT_FOUND");
            return;
        }

        var standing = StandingTo(viewer, met.Subject);
        foreach (var field in met.Type.Fields)
        {
            CheckField(viewer, answer, $"node.{field.Name}", node, met.Type.GraphName, field, standing);
            if (field.Series)
                Expect(viewer, $"{met}.{field.Name}History", answer.CodeAt($"node.{field.Name}History"), answer.CodeAt($"node.{field.Name}"));
        }

        CheckList(viewer, answer, "node.records", standing, FullMarket.Catalog.DerivedTypes[0], "SourceRecord", viewer, _ => standing);
        if (met is { Type.Name: "Person", World: World.Own })
            CheckList(viewer, answer, "node.judgements", standing, FullMarket.Catalog.Relationship(SchemaCatalog.SameAs), SchemaCatalog.SameAs, viewer, _ => standing);
        foreach (var (type, fromStart) in RelationshipsOf(met))
        {
            var path = $"node.{ElementNames.FieldOf(type, fromStart)}";
            var refusal = Refusal(AccessOracle.Say(viewer, standing, type.Level, ValueKind.Other));
            Expect(viewer, $"{met} {path}", answer.CodeAt(path), refusal);
            if (refusal is null)
                CheckList(viewer, answer, $"{path}.edges", null, type, type.GraphName, viewer, edge => StandingTo(viewer, EdgeSubject(met, edge)));
        }
    }

    /// <summary>Holds each member of a list against the table, and that whoever sees everything is shown one.</summary>
    private void CheckList(
        Viewer viewer, Answer answer, string path, Standing? guard, ElementType type, string name, Viewer asker, Func<JsonElement, Standing> standing)
    {
        if (guard is { } known && Refusal(AccessOracle.Say(asker, known, type.Level, ValueKind.Other)) is { } refusal)
        {
            Expect(viewer, path, answer.CodeAt(path), refusal);
            return;
        }

        var list = answer.Data.At(path);
        if (viewer.Role is Role.Regulator or Role.Analyst && list.GetArrayLength() == 0) wrong.Add($"{viewer.Role}: {name} at {path} is empty");
        for (var at = 0; at < list.GetArrayLength(); at++)
            foreach (var field in type.Fields.Where(field => field.Name != "recordedAt"))
                CheckField(viewer, answer, $"{path}.{at}.{field.Name}", list[at], name, field, standing(list[at]));
        if (type.FindField("recordedAt") is not null) shown.Add($"{name}.recordedAt");
    }

    private void CheckField(Viewer viewer, Answer answer, string path, JsonElement holder, string type, Field field, Standing standing)
    {
        var said = AccessOracle.Say(viewer, standing, field.Level, FieldAccess.KindOf(field));
        var expected = said switch
        {
            "allow" => Plain(Stated(field)),
            "mask" => Plain(Masking.Apply(field.Mask, Stated(field))),
            "pseudonym" => Plain(Pseudonyms.Apply(viewer, field.Mask, Stated(field))),
            "round" => Plain(Rounding.Apply(Stated(field))),
            _ => null,
        };
        var value = holder.GetProperty(field.Name);
        if (field.Name is "source" or "recordKey" && type == "SourceRecord") expected = value.ValueKind == JsonValueKind.Null ? null : Provenance(viewer, said, field, value.GetString()!);
        Expect(viewer, $"{type} {path}", answer.CodeAt(path), Refusal(said));
        Expect(viewer, $"{type} {path}", Plain(value), expected);
        if (value.ValueKind != JsonValueKind.Null) shown.Add($"{type}.{field.Name}");
    }

    // Provenance has no fixed value: what is checked of it is its form.
    private static string? Provenance(Viewer viewer, string said, Field field, string value)
    {
        if (said == "allow") return field.Name == "source" || value.StartsWith("record of ", StringComparison.Ordinal) ? value : "a record's key";
        var worlds = Enum.GetValues<World>().Select(world => said == "mask" ? (string?)Masking.Apply(field.Mask, (object)FullMarket.RecordKey(world)) : (string?)Pseudonyms.Apply(viewer, field.Mask, FullMarket.RecordKey(world)));
        return worlds.Contains(value) ? value : worlds.First();
    }

    private void Expect(Viewer viewer, string what, string? found, string? expected)
    {
        asked++;
        if (found != expected) wrong.Add($"{viewer.Role} {viewer.Purpose?.Id} {viewer.Reason}: {what} is {found ?? "null"}, not {expected ?? "null"}");
    }

    private static string? Refusal(string said) => said.All(letter => char.IsUpper(letter) || letter == '_') ? said : null;

    /// <summary>Whether the viewer's view holds a node, as entitlement says.</summary>
    private static bool IsMet(Viewer viewer, Met met) => viewer.Role switch
    {
        Role.Broker => met.World == World.Own || met.Type.Name == "Broker" || (met.World == World.Open && met.Type.Level <= Sensitivity.Internal),
        Role.Client => (met.Subject == Self && Belonging.Of(met.Type) is not { IsOwn: false }) || met.Type.Name == "Broker" || (met.World == World.Open && met.Type.Level == Sensitivity.Public),
        _ => true,
    };

    private static Standing StandingTo(Viewer viewer, string? subject) => viewer.Role switch
    {
        Role.Broker when subject is not null && (subject == viewer.Of || subject.Contains("broker-B001", StringComparison.Ordinal)) => Standing.Own,
        Role.Client when subject == viewer.Of => Standing.Own,
        _ => Standing.Visible,
    };

    private static string? EdgeSubject(Met near, JsonElement edge)
    {
        var far = new Met(FullMarket.Catalog.Node(edge.TextAt("node.__typename")!), near.World);
        return near.Type.Name == "Broker" ? far.Subject ?? near.Subject : near.Subject ?? far.Subject;
    }

    private static IEnumerable<(RelationshipType Type, bool FromStart)> RelationshipsOf(Met met) =>
        from type in FullMarket.Relationships
        from fromStart in (bool[])[true, false]
        where FullMarket.Ends(type, met.Type, fromStart).Any()
        select (type, fromStart);

    private async Task<Answer> AskAsync(Viewer viewer, Met met)
    {
        var id = FullMarket.IdOf(met.Type, met.World);
        var named = AccessPolicy.ReadsPseudonyms(viewer.Role) ? Ids.Of(viewer, id) : id.ToString();
        var fields = met.Type.Fields.SelectMany(field => field.Series ? (string[])[field.Name, $"{field.Name}History {{ value }}"] : [field.Name])
            .Append($"records {{ {Names(FullMarket.Catalog.DerivedTypes[0])} }}")
            .Concat(met is { Type.Name: "Person", World: World.Own } ? [$"judgements {{ {Names(FullMarket.Catalog.Relationship(SchemaCatalog.SameAs))} }}"] : [])
            .Concat(RelationshipsOf(met).Select(one => $"{ElementNames.FieldOf(one.Type, one.FromStart)}(first: 3) {{ edges {{ node {{ __typename }} {Names(one.Type)} }} }}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, server.GraphQLAddress())
        {
            Content = new StringContent(
                JsonSerializer.Serialize(new { query = $"{{ node(id: \"{named}\") {{ ... on {met.Type.Name} {{ {string.Join(' ', fields)} }} }} }}" }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", server.Services.GetRequiredService<DevelopmentTokens>().Issue(viewer, TimeSpan.FromHours(1)));
        using var response = await http.SendAsync(request);
        return new Answer(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    private static string Names(ElementType type) => string.Join(' ', type.Fields.Select(field => field.Name));

    private static object? Stated(Field field) => field.Name switch
    {
        "reliability" => 0.9m,
        "spanStart" => 12L,
        "spanEnd" => 20L,
        _ => FullMarket.ValueOf(field) is { Kind: FieldKind.StringList } list ? list.AsStrings().ToArray() : FullMarket.ValueOf(field).AsObject(),
    };

    private static string? Plain(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        System.Collections.IEnumerable list => string.Join('|', list.Cast<object?>().Select(Plain)),
        IFormattable number => Convert.ToDecimal(number, CultureInfo.InvariantCulture).ToString("0.############", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Number => Plain((object)value.GetDecimal()),
        JsonValueKind.Array => string.Join('|', value.EnumerateArray().Select(Plain)),
        JsonValueKind.String when value.TryGetDateTimeOffset(out var instant) && value.GetString()!.Length > 10 => Plain((object)instant),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    /// <summary>A node of the market.</summary>
    private sealed record Met(NodeType Type, World World)
    {
        /// <summary>Whom it is about: itself, the person it belongs to, or nobody.</summary>
        public string? Subject =>
            Type.IsParty || Type.Name == "Broker" ? FullMarket.IdOf(Type, World).ToString()
            : Belonging.Of(Type) is not null ? FullMarket.IdOf(FullMarket.Catalog.Node("Person"), World).ToString()
            : null;

        public override string ToString() => $"{Type.Name} of {World}";
    }

    private sealed class Answer(JsonElement root)
    {
        private readonly Dictionary<string, string?> codes = root.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().ToDictionary(
                error => string.Join('.', error.GetProperty("path").EnumerateArray().Select(step => step.ToString())),
                error => error.GetProperty("extensions").GetProperty("code").GetString())
            : [];

        public JsonElement Data => root.GetProperty("data");

        public string? CodeAt(string path) => codes.GetValueOrDefault(path);
    }
}
