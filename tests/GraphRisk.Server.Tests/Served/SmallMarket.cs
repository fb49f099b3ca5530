
namespace GraphRisk.Server.Tests.Served;

/// <summary>
/// A market small enough to know by heart. Two brokers; 张三 is a client of both, under one record each and a third in the
/// registry, all judged one. 李四 is a client of B002 only and known from nowhere else. 张三 holds 60% of 上海华信, which
/// holds 30% of 东方置业; 王五 holds 25% of 东方置业.
/// </summary>
internal static class SmallMarket
{
    public const string Zhang = "Person/registry:P1";
    public const string ZhangAtB001 = "Person/broker-B001:C1";
    public const string ZhangAtB002 = "Person/broker-B002:C7";
    public const string Li = "Person/broker-B002:C8";
    public const string Wang = "Person/registry:P2";
    public const string Huaxin = "Company/registry:91310000MA1FL0000A";
    public const string Dongfang = "Company/registry:91310000MA1FL0001B";

    public static MarketSketch Sketch() => new MarketSketch()
        .Node("Broker/B001", ("code", "B001"), ("name", "长江证券"), ("jurisdiction", "42"), ("netCapital", "1000000000"))
        .Node("Broker/B002", ("code", "B002"), ("name", "东海证券"), ("jurisdiction", "31"), ("netCapital", "500000000"))
        .Node(Zhang, ("name", "张三"), ("formerNames", "张小三"), ("residentId", "310101198001011234"), ("birthDate", "1980-01-01"))
        .Node(ZhangAtB001, ("name", "張三"), ("phone", "13800001111"), ("address", "上海市浦东新区世纪大道1号"))
        .Node(ZhangAtB002, ("name", "ZHANG SAN"))
        .Node(Li, ("name", "李四"), ("residentId", "110101197001010011"))
        .Node(Wang, ("name", "王五"))
        .Node(Huaxin, ("name", "上海华信贸易有限公司"), ("formerNames", "上海華信商行"), ("uscc", "91310000MA1FL0000A"), ("region", "31"), ("registeredCapital", "1000.50"))
        .Node(Dongfang, ("name", "东方置业有限公司"), ("uscc", "91310000MA1FL0001B"), ("region", "31"))
        .Match(Zhang, ZhangAtB001)
        .Match(ZhangAtB001, ZhangAtB002)
        .Edge("CLIENT_OF", ZhangAtB001, "Broker/B001", ("clientNumber", "C1000000001"))
        .Edge("CLIENT_OF", ZhangAtB002, "Broker/B002", ("clientNumber", "C7000000001"))
        .Edge("CLIENT_OF", Li, "Broker/B002", ("clientNumber", "C8000000001"))
        .Node("Account/broker-B001:62000000001", ("number", "62000000001"), ("kind", "CREDIT"))
        .Node("Account/broker-B002:62000000007", ("number", "62000000007"), ("kind", "CREDIT"))
        .Edge("OWNS_ACCOUNT", ZhangAtB001, "Account/broker-B001:62000000001").Edge("KEPT_AT", "Account/broker-B001:62000000001", "Broker/B001")
        .Edge("OWNS_ACCOUNT", ZhangAtB002, "Account/broker-B002:62000000007").Edge("KEPT_AT", "Account/broker-B002:62000000007", "Broker/B002")
        .Node("MarginContract/broker-B001:M1", ("contractNumber", "B001-M1"), ("status", "OPEN"), ("debt", "452000.00"), ("maintenanceRatio", "2.2124"), ("currency", "CNY"))
        .Node("MarginContract/broker-B002:M7", ("contractNumber", "B002-M7"), ("status", "OPEN"), ("debt", "300000"), ("maintenanceRatio", "1.4"), ("currency", "CNY"))
        .Edge("CONTRACTED", ZhangAtB001, "MarginContract/broker-B001:M1").Edge("GRANTED_BY", "MarginContract/broker-B001:M1", "Broker/B001")
        .Edge("CONTRACTED", ZhangAtB002, "MarginContract/broker-B002:M7").Edge("GRANTED_BY", "MarginContract/broker-B002:M7", "Broker/B002")
        .Edge("HOLDS", Zhang, Huaxin, ("share", "0.60"))
        .Edge("HOLDS", Huaxin, Dongfang, ("share", "0.3"))
        .Edge("HOLDS", Wang, Dongfang, ("share", "0.25"))
        .Edge("OFFICER_OF", Zhang, Huaxin, ("role", "法定代表人"), ("legalRepresentative", "true"))
        .Edge("GUARANTEES", Huaxin, Zhang, ("amount", "500000"));
}
