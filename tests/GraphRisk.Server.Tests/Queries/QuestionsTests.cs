using System.Text.RegularExpressions;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Queries;

/// <summary>The questions of <c>samples/questions.md</c> are each one document, and each is answered with something.</summary>
public sealed partial class QuestionsTests
{
    private static readonly Viewer Regulator = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see");

    private static IEnumerable<TestCaseData> Questions => Question().Matches(File.ReadAllText(Repository.PathOf("samples", "questions.md")))
        .Select(match => new TestCaseData(match.Groups["text"].Value).SetArgDisplayNames(match.Groups["title"].Value));

    [TestCaseSource(nameof(Questions))]
    public async Task AQuestionIsAnswered(string question)
    {
        var served = await SampleMarket.Served;
        var answer = (await served.Ask(Regulator, question)).ToString();
        Assert.That(answer, Does.Not.Contain("\"totalCount\":0").And.Not.Contain("\"groups\":[]").And.Not.StartsWith("{\"count\":0"), answer);
    }

    [Test]
    public void TwentyAreAsked() => Assert.That(Questions.Count(), Is.EqualTo(20));

    [GeneratedRegex(@"^## (?<title>[^\n]+)\n\n```graphql\n(?<text>.*?)\n```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Question();
}
