using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Dossiers;

/// <summary>The page on a client, and on an applicant, as each viewer may know it.</summary>
public sealed class DossierTests
{
    private const string Parts = """
        { isClient party { id ... on Person { name } ... on Company { name } } candidates { id } contracts { contractNumber } links { isComplete } exposure { stamp { asOf } } lists { kind } score { score } authorisations { id }
          refused { part code why opens purposes } stamp { asOf } }
        """;

    private static readonly string[] Refusals = ["FORBIDDEN", "AUTHORISATION_REQUIRED", "PURPOSE_REQUIRED", "PURPOSE_NOT_ALLOWED", "REASON_REQUIRED"];

    [Test]
    public async Task ABrokerReadsItsClientsPageAsFarAsTheClientAllowedIt()
    {
        await using var served = await LinkedDebtors.Serve(Listed().Authorise("SCORE"));
        var page = (await AskAsync(served, ServedGraph.Broker("B001"), $"client: \"{SmallMarket.ZhangAtB001}\"")).At("data.dossier");
        Assert.That(page.At("isClient").GetBoolean(), Is.True);
        Assert.That(page.At("contracts").EnumerateArray().Select(one => one.TextAt("contractNumber")), Is.EqualTo(new[] { "B001-M1" }), "what it owes B002 is not there");
        Assert.That(page.At("lists").EnumerateArray().Select(one => one.TextAt("kind")), Is.EqualTo(new[] { "DISHONEST_DEBTOR" }), "the entry that ran out is not in force");
        Assert.That(page.At("score.score").GetInt32(), Is.InRange(300, 850));
        Assert.That(page.At("authorisations").GetArrayLength(), Is.EqualTo(1));
        var facts = page.At("refused").EnumerateArray().Single(one => one.TextAt("part") == "marketFacts");
        Assert.That((facts.TextAt("code"), facts.TextAt("opens")!.Length > 0), Is.EqualTo(("AUTHORISATION_REQUIRED", true)));
    }

    [Test]
    public async Task WhatIsNamedAsRefusedIsWhatIsRefused()
    {
        await using var served = await LinkedDebtors.Serve(Listed());
        Viewer[] viewers = [ServedGraph.Regulator, ServedGraph.RegulatorMasked, ServedGraph.Analyst, ServedGraph.Broker("B001"), ServedGraph.Broker("B003"), ServedGraph.Client(SmallMarket.Zhang)];
        var seen = 0;
        foreach (var viewer in viewers)
            foreach (var party in (string[])[SmallMarket.Zhang, SmallMarket.Wang])
            {
                var id = viewer.Role == Role.Analyst ? served.IdOf(viewer, Graph.Facts.NodeId.Parse(party)) : party;
                var answer = await AskAsync(served, viewer, $"client: \"{id}\"");
                if (answer.At("data.dossier").ValueKind == JsonValueKind.Null || answer.At("data.dossier.party").ValueKind == JsonValueKind.Null) continue;
                var errors = answer.TryGetProperty("errors", out var all) ? all.EnumerateArray().ToList() : [];
                var denied = errors.Where(error => error.At("path").GetArrayLength() == 2 && Refusals.Contains(error.TextAt("extensions.code"))).Select(error => error.TextAt("path.1")).Where(part => part != "isClient");
                var told = answer.At("data.dossier.refused").EnumerateArray().Select(one => one.TextAt("part")).Where(part => part is not ("identity" or "records" or "marketFacts"));
                Assert.That(told, Is.EquivalentTo(denied), $"{viewer.Role} {viewer.Of} of {party}");
                seen += told.Count();
            }

        Assert.That(seen, Is.Positive);
    }

    [Test]
    public async Task AnApplicantIsFoundByWhatTheBrokerMaySearchAndNobodyElsesClientIs()
    {
        await using var served = await LinkedDebtors.Serve(Listed());
        var broker = ServedGraph.Broker("B001");
        var applicant = (await AskAsync(served, broker, "name: \"王五\"")).At("data.dossier");
        Assert.That((applicant.TextAt("party.name"), applicant.At("isClient").ValueKind == JsonValueKind.True), Is.EqualTo(("王五", false)));
        Assert.That(applicant.At("refused").EnumerateArray().Select(one => one.TextAt("part")), Does.Contain("score").And.Contain("contracts"));
        Assert.That((await AskAsync(served, broker, "identifier: \"91310000MA1FL0001B\"")).TextAt("data.dossier.party.name"), Is.EqualTo("东方置业有限公司"));
        var (secret, unknown) = (await AskAsync(served, broker, "name: \"李四\""), await AskAsync(served, broker, "name: \"无此人\""));
        Assert.That(secret.GetRawText(), Is.EqualTo(unknown.GetRawText()), "whom only B002 knows is as unknown as nobody");
        Assert.That(secret.TextAt("errors.0.extensions.code"), Is.EqualTo("NOT_FOUND"));
        Assert.That((await AskAsync(served, broker, "name: \"王五\", identifier: \"1\"")).TextAt("errors.0.extensions.code"), Is.EqualTo("BAD_USER_INPUT"));
    }

    private static MarketSketch Listed() => LinkedDebtors.Sketch()
        .Node("Listing/court:L1", ("list", "失信被执行人"), ("kind", "DISHONEST_DEBTOR"), ("publishedOn", "2024-01-05"))
        .Node("Listing/court:L2", ("list", "限制消费"), ("kind", "CONSUMPTION_RESTRICTION"), ("publishedOn", "2020-01-05"), ("expiresOn", "2022-01-05"))
        .Edge("LISTED_AS", SmallMarket.Zhang, "Listing/court:L1").Edge("LISTED_AS", SmallMarket.Zhang, "Listing/court:L2");

    private static async Task<JsonElement> AskAsync(ServedGraph served, Viewer viewer, string arguments) =>
        JsonDocument.Parse(await served.AskText(viewer, $"{{ dossier({arguments}) {Parts} }}")).RootElement;
}
