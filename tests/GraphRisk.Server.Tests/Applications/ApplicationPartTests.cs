using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;

namespace GraphRisk.Server.Tests.Applications;

/// <summary>Recommendations and concentration over the sample market.</summary>
public sealed class ApplicationPartTests
{
    private const string Client = "Company/broker-B001:0010000622";
    private const string Application = "product: MARGIN, amount: 500000, termInDays: 180, shareOfBroker: 0, isAffiliateOfBroker: false";

    private static readonly Viewer Admitting = ServedGraph.As(Role.Broker, "Broker/B001", "admission", "a test needs to see");

    private static readonly string Everything = Ask(Application, "advice creditLine annualRate needsSecondPerson checks { name title(language: ZH) passed text evidence { id } } limits { name amount text } conditions { name text(language: ZH) } changes { lever amount quantity security grade day creditLine text }");

    [Test]
    public async Task ABrokerIsAdvisedOnItsClientAndTheLineIsTheLeastOfItsLimits()
    {
        var advice = (await Served()).At("recommend");
        var least = advice.GetProperty("limits").EnumerateArray().Min(limit => limit.GetProperty("amount").GetDecimal());
        Assert.That(advice.GetProperty("creditLine").GetDecimal(), Is.EqualTo(Math.Floor(least / 10_000m) * 10_000m));
        Assert.That(advice.GetProperty("limits").EnumerateArray().Select(limit => limit.GetProperty("name").GetString()), Is.EqualTo(new[] { "asked", "grade", "client-room", "broker-room", "collateral" }));
        var passed = advice.GetProperty("checks").EnumerateArray().All(check => check.GetProperty("passed").ValueKind == JsonValueKind.True);
        Assert.That(advice.TextAt("advice"), Is.EqualTo(!passed ? "REFER" : least >= 500_000m ? "ADMIT" : "ADMIT_IN_PART"));
        Assert.That(advice.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("title").GetString()), Does.Contain("日均资产"));

        async Task<JsonElement> Served() => await (await SampleMarket.Served).Ask(Admitting, Everything);
    }

    [Test]
    public async Task ASmallestChangeThatIsMadeAdmitsTheApplication()
    {
        const string Large = "product: MARGIN, amount: 5000000, termInDays: 180, shareOfBroker: 0, isAffiliateOfBroker: false";
        var served = await SampleMarket.Served;
        var (tried, unauthorised) = (0, 0);
        foreach (var client in (await served.Ask(Admitting, "{ clients(first: 60) { nodes { id } } }")).At("clients.nodes").EnumerateArray().Select(node => node.GetProperty("id").GetString()!))
        {
            var answer = JsonDocument.Parse(await served.AskText(Admitting, Ask(Large, "changes { lever amount }", client))).RootElement;
            if (answer.TryGetProperty("errors", out var errors))
            {
                Assert.That(errors[0].At("extensions.code").GetString(), Is.EqualTo("AUTHORISATION_REQUIRED"));
                unauthorised++;
                continue;
            }

            foreach (var change in answer.At("data.recommend.changes").EnumerateArray().Where(change => change.TextAt("lever") == "SMALLER_LINE"))
            {
                var amount = change.GetProperty("amount").GetDecimal();
                var (then, more) = (await AdviceAt(client, amount), await AdviceAt(client, amount + 10_000m));
                Assert.That(then, Is.EqualTo(("ADMIT", amount)), client);
                Assert.That(more.Advice == "ADMIT" && more.Line > amount, Is.False, "and nothing less given up does");
                tried++;
            }
        }

        Assert.That(Math.Min(tried, unauthorised), Is.Positive);

        async Task<(string Advice, decimal Line)> AdviceAt(string client, decimal amount)
        {
            var advice = (await served.Ask(Admitting, Ask(Large.Replace("5000000", amount.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), "advice creditLine", client))).At("recommend");
            return (advice.TextAt("advice")!, advice.GetProperty("creditLine").GetDecimal());
        }
    }

    [Test]
    public async Task OnlyTheBrokerItselfForAdmissionAndTheRegulatorAsk()
    {
        var served = await SampleMarket.Served;
        var question = Ask(Application, "advice");
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), question), Is.EqualTo(new[] { "PURPOSE_NOT_ALLOWED" }), "what cannot be asked for this purpose at all is said before what an authorisation would open");
        Assert.That(await served.Codes(Admitting, question.Replace("client:", "broker: \"B002\", client:", StringComparison.Ordinal)), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That(await served.Codes(ServedGraph.Analyst, question.Replace("client:", "broker: \"B001\", client:", StringComparison.Ordinal)), Is.EqualTo(new[] { "FORBIDDEN" }).Or.EqualTo(new[] { "BAD_USER_INPUT" }));
        Assert.That(await served.Codes(ServedGraph.Client(Client), question.Replace("client:", "broker: \"B001\", client:", StringComparison.Ordinal)), Is.EqualTo(new[] { "FORBIDDEN" }));
        Assert.That((await served.Ask(ServedGraph.Regulator, question.Replace("client:", "broker: \"B001\", client:", StringComparison.Ordinal))).At("recommend").TextAt("advice"), Is.Not.Empty);
    }

    [TestCase("product: MARGIN, amount: 0", "application.amount")]
    [TestCase("product: MARGIN, termInDays: 0", "application.termInDays")]
    [TestCase("product: MARGIN, shareOfBroker: 5", "application.shareOfBroker")]
    [TestCase("product: PLEDGE, collateral: [{ security: \"999999.XX\", quantity: 1 }]", "application.collateral[0].security")]
    [TestCase("product: PLEDGE, collateral: [{ security: \"600000.SH\", quantity: -1 }]", "application.collateral[0].quantity")]
    [TestCase("product: PLEDGE, collateral: [{ security: \"600000.SH\", quantity: 1 }, { security: \"600000.SH\", quantity: 1 }]", "application.collateral[0].security")]
    public async Task WhatCannotBeAskedForIsNamed(string application, string field) =>
        Assert.That(await (await SampleMarket.Served).AskText(Admitting, Ask(application, "advice")), Does.Contain("\"BAD_USER_INPUT\"").And.Contain(field));

    [Test]
    public async Task ConcentrationIsTheTotalAndWhatStandsAtAWarningLine()
    {
        var served = await SampleMarket.Served;
        var whole = (await served.Ask(ServedGraph.Regulator, "{ brokerConcentration(broker: \"B001\") { measures { measure of { id } amount base ratio warning limit level } } }")).At("brokerConcentration.measures");
        Assert.That(whole.EnumerateArray().Count(row => row.TextAt("measure") == "TOTAL_TO_NET_CAPITAL"), Is.EqualTo(1));
        foreach (var row in whole.EnumerateArray().Where(row => row.TextAt("measure") != "TOTAL_TO_NET_CAPITAL"))
            Assert.That(row.GetProperty("ratio").GetDecimal(), Is.GreaterThanOrEqualTo(row.GetProperty("warning").GetDecimal()));
        var debt = (await served.Ask(ServedGraph.Regulator, "{ market(by: BROKER) { rows { key debt } } }")).At("market.rows").EnumerateArray().Single(row => row.TextAt("key") == "B001").GetProperty("debt").GetDecimal();
        Assert.That(whole.EnumerateArray().Single(row => row.TextAt("measure") == "TOTAL_TO_NET_CAPITAL").GetProperty("amount").GetDecimal(), Is.EqualTo(debt), "the debt of the market's row");
        Assert.That((await served.Ask(ServedGraph.Broker("B001"), "{ brokerConcentration { measures { ratio } } }")).At("brokerConcentration.measures").GetArrayLength(), Is.EqualTo(whole.GetArrayLength()));
        Assert.That(await served.Codes(ServedGraph.Broker("B001"), "{ brokerConcentration(broker: \"B002\") { measures { ratio } } }"), Is.EqualTo(new[] { "FORBIDDEN" }));
    }

    private static string Ask(string application, string fields, string client = Client) => $"{{ recommend(client: \"{client}\", application: {{ {application} }}) {{ {fields} }} }}";
}
