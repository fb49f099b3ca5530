using System.Text.Json;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Http;
using GraphRisk.Workflow.Authorisations;
using Microsoft.Extensions.DependencyInjection;

namespace GraphRisk.Server.Tests.Security;

/// <summary>
/// Every cell of the access table asked over HTTP, of a server whose schema has a field for each: standing, level, kind of value and state
/// of the client's authorisation; by every role with every purpose and none, with a reason and without.
/// </summary>
public sealed class AccessCellsTests
{
    private const decimal Amount = 452_000.00m;
    private static readonly Pseudonyms Pseudonyms = new("a key for tests only"u8);

    /// <summary>Field by name, with what decides about it.</summary>
    private sealed record Cell(string Name, Standing Standing, Sensitivity Level, ValueKind Kind, AuthorisationScope? Scope, bool IsInForce)
    {
        public string Subject => $"{Standing} {IsInForce}";

        public MaskKind Mask => Kind switch { ValueKind.Name => MaskKind.Name, ValueKind.Identity => MaskKind.Phone, ValueKind.Text => MaskKind.Text, _ => MaskKind.None };

        public object Value => Kind switch { ValueKind.Amount => Amount, ValueKind.Text => "被告张三", ValueKind.Name => "张三", ValueKind.Identity => "13800001111", _ => "OPEN" };

        /// <summary>Regulators and analysts stand to everyone alike.</summary>
        public Standing StandingTo(Viewer viewer) =>
            viewer.Role is Role.Broker or Role.Client || Standing == Standing.Aggregate ? Standing : Standing.Visible;

        /// <summary>The word of the table's column.</summary>
        public string Authorisation(Viewer viewer) => Scope is null || viewer.Role != Role.Broker || Standing != Standing.Own
            ? "-" : (IsInForce ? "" : "no-") + Scope.ToString()!.ToUpperInvariant();

        public FieldType Field()
        {
            var access = Standing == Standing.Aggregate ? FieldAccess.Aggregates(Level).As(Kind) : FieldAccess.Reads(Level, Mask).As(Kind);
            if (Scope is { } scope) access = access.Needs(scope);
            return new FieldType
            {
                Name = Name,
                Type = TypeExpression.Field("x", Kind == ValueKind.Amount ? "Decimal" : "String").Type,
                Resolver = new FuncFieldResolver<object?>(_ => Value),
            }.Access(access with { Subject = _ => Subject });
        }
    }

    private sealed class Told : IStandings, IAuthorisations
    {
        public ValueTask<Standing> Of(Viewer viewer, string subject, CancellationToken cancellation) => new(Enum.Parse<Standing>(subject.Split(' ')[0]));

        public ValueTask<bool> InForce(Viewer viewer, string client, AuthorisationScope scope, CancellationToken cancellation) => new(bool.Parse(client.Split(' ')[1]));
    }

    private static readonly Cell[] Cells =
    [
        .. from standing in Enum.GetValues<Standing>()
           from level in Enum.GetValues<Sensitivity>()
           from kind in Enum.GetValues<ValueKind>()
           where standing != Standing.Aggregate || kind is ValueKind.Amount or ValueKind.Other
           from need in (AuthorisationScope?[])[null, AuthorisationScope.Score, AuthorisationScope.Facts]
           from isInForce in need is null ? (bool[])[false] : [false, true]
           select new Cell($"{standing}{level}{kind}{need}{(isInForce ? "InForce" : "")}".ToLowerInvariant(), standing, level, kind, need, isInForce),
    ];

    private static IEnumerable<Viewer> Viewers =>
        from role in Enum.GetValues<Role>()
        from purpose in role == Role.Anonymous ? [null] : PurposeCatalog.Default.For(role).Cast<Purpose?>().Append(null)
        from reason in role == Role.Anonymous ? (string?[])[null] : [null, "inspection 2026-3"]
        select new Viewer(role, OfRole(role), purpose, reason);

    [Test]
    public async Task EveryCellAnswersAsTheTableSays()
    {
        await using var server = await TinyServer.Start(compose: services =>
        {
            services.AddSingleton(new AccessGrounds(new Told(), new Told(), Pseudonyms));
            services.AddSingleton<ISchema>(_ => SchemaOf(Cells));
        });
        var wrong = new List<string>();
        var asked = 0;
        foreach (var viewer in Viewers)
            foreach (var part in Cells.Chunk(160))
            {
                var reply = await server.Ask("{" + string.Join(' ', part.Select(cell => cell.Name)) + "}", viewer.Role == Role.Anonymous ? null : viewer);
                var answer = JsonDocument.Parse(reply.Body).RootElement;
                var codes = answer.TryGetProperty("errors", out var errors)
                    ? errors.EnumerateArray().ToDictionary(error => error.GetProperty("path")[0].GetString()!, error => error.GetProperty("extensions").GetProperty("code").GetString())
                    : [];
                foreach (var cell in part)
                {
                    asked++;
                    var (expected, code) = Expected(viewer, cell);
                    var value = answer.GetProperty("data").GetProperty(cell.Name);
                    if (codes.GetValueOrDefault(cell.Name) != code || Text(value) != expected)
                        wrong.Add($"{viewer.Role} {viewer.Purpose?.Id} {viewer.Reason}: {cell.Name} is {Text(value)} {codes.GetValueOrDefault(cell.Name)}, not {expected} {code}");
                }
            }

        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {asked} cells");
        Assert.That(asked, Is.EqualTo(Viewers.Count() * Cells.Length));
    }

    private static (string? Value, string? Code) Expected(Viewer viewer, Cell cell) =>
        AccessOracle.Say(viewer, cell.StandingTo(viewer), cell.Level, cell.Kind, cell.Authorisation(viewer)) switch
        {
            "allow" => (cell.Kind == ValueKind.Amount ? "452000" : (string)cell.Value, null),
            "round" => (cell.Kind == ValueKind.Amount ? "450000" : null, null),
            "mask" => (cell.Kind switch { ValueKind.Name => "张*", ValueKind.Identity => "138******11", _ => null }, null),
            "pseudonym" => ((string?)Pseudonyms.Apply(viewer, cell.Mask, cell.Value), null),
            "withhold" => (null, null),
            var code => (null, code),
        };

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.Number ? $"{value.GetDecimal():0.####}" : value.GetString();

    private static Schema SchemaOf(IEnumerable<Cell> cells)
    {
        var query = new ObjectGraphType { Name = "Query" };
        foreach (var cell in cells) query.AddField(cell.Field());
        return new Schema { Query = query };
    }

    private static string? OfRole(Role role) => role switch
    {
        Role.Broker => "Broker/B001",
        Role.Client => "Person/broker-B001:C1",
        Role.Anonymous => null,
        _ => "office-7",
    };
}
