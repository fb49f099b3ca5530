using System.Text.Json;
using GraphRisk.Scoring.Capital;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Capital;

public class CapitalTests
{
    [Test]
    public void TheSharedVasicekCasesPass()
    {
        foreach (var item in Cases("vasicek"))
        {
            Assert.That(
                ConditionalDefault.Probability(Number(item, "pd"), Number(item, "rho"), Number(item, "q")),
                Is.EqualTo(Number(item, "conditionalPd")).Within(1e-9));
        }
    }

    private static List<JsonElement> Cases(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Require("cases/contagion.json")));
        return [.. document.RootElement.GetProperty(name).EnumerateArray().Select(item => item.Clone())];
    }

    private static double Number(JsonElement item, string name) => item.GetProperty(name).GetDouble();
}
