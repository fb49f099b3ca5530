using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Served;

/// <summary>
/// The small market of finding 1: 张三 owes B002 and, to make his group a debtor, 上海华信, which he controls, owes B003 exactly
/// 65,432; nobody else is in the group. B001 has no contract with him but his authorisation, if any.
/// </summary>
internal static class LinkedDebtors
{
    public const string GroupDebt = "65,432";
    public const string DebtAtB002 = "300,000";

    public static MarketSketch Sketch(decimal groupDebt = 65_432m) => SmallMarket.Sketch()
        .Node("Broker/B003", ("code", "B003"), ("name", "南方证券"), ("jurisdiction", "31"))
        .Node("Company/broker-B003:H", ("name", "上海华信贸易有限公司"))
        .Match(SmallMarket.Huaxin, "Company/broker-B003:H")
        .Edge("CLIENT_OF", "Company/broker-B003:H", "Broker/B003", ("clientNumber", "H000000001"))
        .Node("MarginContract/broker-B003:M9", ("contractNumber", "B003-M9"), ("status", "OPEN"), ("debt", groupDebt.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("maintenanceRatio", "1.9"))
        .Edge("CONTRACTED", "Company/broker-B003:H", "MarginContract/broker-B003:M9").Edge("GRANTED_BY", "MarginContract/broker-B003:M9", "Broker/B003");

    /// <summary>张三's authorisation to B001.</summary>
    public static MarketSketch Authorise(this MarketSketch sketch, string scope, string purposes = "kyc|admission", string? withdrawnOn = null, string number = "A1")
    {
        (string, string)[] fields = [("scope", scope), ("purposes", purposes), ("givenOn", "2024-01-02"), .. withdrawnOn is null ? [] : new[] { ("withdrawnOn", withdrawnOn) }];
        return sketch.Node($"Authorisation/broker-B001:{number}", fields)
            .Edge("AUTHORISED_BY", $"Authorisation/broker-B001:{number}", SmallMarket.ZhangAtB001)
            .Edge("AUTHORISES", $"Authorisation/broker-B001:{number}", "Broker/B001");
    }

    /// <summary>The sketch behind a server with the sample market's model.</summary>
    public static async Task<ServedGraph> Serve(MarketSketch sketch)
    {
        var model = (await SampleMarket.Served).Dependencies.Model;
        return await ServedGraph.Of(sketch, dependencies => dependencies with { Model = model });
    }

    public static Viewer BrokerFor(string purpose) => ServedGraph.As(Role.Broker, "Broker/B001", purpose, "a test needs to see");
}
