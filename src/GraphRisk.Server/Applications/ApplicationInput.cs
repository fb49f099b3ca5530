using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Lending;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Admission;

namespace GraphRisk.Server.Applications;

/// <summary>The argument that says what is asked for, offered and declared.</summary>
internal static class ApplicationInput
{
    /// <summary>Its name.</summary>
    public const string Argument = "application";

    private const int MostCollateral = 100;
    private const decimal MostAmount = 1_000_000_000_000_000m;
    private const int MostDays = 36_525;

    /// <summary>Reads it.</summary>
    /// <exception cref="Http.TypedError">Something of it cannot be; the error names the field.</exception>
    public static FinancingApplication Read(GraphView view, IResolveFieldContext context)
    {
        var fields = context.GetArgument<IDictionary<string, object?>>(Argument);
        var offered = Field<IEnumerable<object?>>(fields, "collateral")?.Cast<IDictionary<string, object?>>().ToList() ?? [];
        if (offered.Count > MostCollateral) throw Problem.BadInput($"{Argument}.collateral", $"names {offered.Count} securities, at most {MostCollateral} are taken.");
        return new FinancingApplication
        {
            Product = (ContractKind)fields["product"]!,
            Amount = Above(Field<decimal?>(fields, "amount"), "amount"),
            TermInDays = Field<int?>(fields, "termInDays") is { } days
                ? days is > 0 and <= MostDays ? days : throw Problem.BadInput($"{Argument}.termInDays", FormattableString.Invariant($"must be 1 to {MostDays}.")) : null,
            ShareOfBroker = Field<decimal?>(fields, "shareOfBroker") is { } share
                ? share is >= 0 and <= 1 ? share : throw Problem.BadInput($"{Argument}.shareOfBroker", "must be 0 to 1, 0.05 for 5%.") : null,
            IsAffiliateOfBroker = Field<bool?>(fields, "isAffiliateOfBroker"),
            Collateral = [.. offered.Select(Offered)],
        };

        OfferedSecurity Offered(IDictionary<string, object?> row, int place)
        {
            var (name, code) = ($"{Argument}.collateral[{place}]", (string)row["security"]!);
            var security = view.Snapshot.Nodes.Find(new NodeId("Security", code));
            if (security < 0) throw Problem.BadInput($"{name}.security", $"there is no security '{code}': name it with its exchange, such as 600519.SH.");
            if (offered.Count(other => (string)other["security"]! == code) > 1) throw Problem.BadInput($"{name}.security", $"'{code}' is offered twice: add the quantities up.");
            return new OfferedSecurity(view.Snapshot.Nodes.IdOf(security), Above((decimal)row["quantity"]!, $"collateral[{place}].quantity")!.Value);
        }
    }

    /// <summary>Who guarantees; null where nobody is offered.</summary>
    public static NodeHandle? Guarantor(Lookup lookup, NodeHandle client, IResolveFieldContext context)
    {
        if (Field<string>(context.GetArgument<IDictionary<string, object?>>(Argument), "guarantor") is not { } id) return null;
        var guarantor = lookup.Node(client.View, context.Viewer(), $"{Argument}.guarantor", id, SchemaCatalog.Party);
        return guarantor.Number == client.Number ? throw Problem.BadInput($"{Argument}.guarantor", "is the client itself.") : guarantor;
    }

    private static decimal? Above(decimal? amount, string name) =>
        amount is <= 0 or > MostAmount ? throw Problem.BadInput($"{Argument}.{name}", "must be above 0, at most 10^15.") : amount;

    private static T? Field<T>(IDictionary<string, object?> fields, string name) => fields.TryGetValue(name, out var value) ? (T?)value : default;
}
