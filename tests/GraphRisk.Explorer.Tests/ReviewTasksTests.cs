using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>A review of a client by its grade, worked at the desk.</summary>
public sealed class ReviewTasksTests
{
    [Test]
    public async Task AnOfficerTakesAReviewAndConcludesIt()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        await visit.Become("Broker", "Monitoring", "Zhou");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cases" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Credit reviews" }).ClickAsync();
        await visit.Settle();
        await visit.Page.GetByRole(AriaRole.Table, new() { Name = "Credit reviews" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await visit.Settle();
        var head = visit.Page.Locator(".party-head");
        await Assertions.Expect(head).ToContainTextAsync("Waits for: the broker's desk");
        await CaseTasksTests.MoveAsync(visit, "Take it");
        // What is filled in is how lines of the grade are treated; a line that is to come down takes an amount and a day.
        var fields = (await visit.Part("What it is about").InnerTextAsync()).Contains("To be reduced", StringComparison.Ordinal)
            ? new[] { ("Amount", "1"), ("Last day", "2100-01-04"), ("Reason", "As the grade has it.") } : [("Reason", "As the grade has it.")];
        await CaseTasksTests.MoveAsync(visit, "Conclude", fields);
        if ((await head.InnerTextAsync()).Contains("a second person", StringComparison.Ordinal))
        {
            Assert.That(await visit.Part("What may be done").InnerTextAsync(), Does.Contain("Four eyes."));
            await visit.Call("Wu");
            await CaseTasksTests.MoveAsync(visit, "Conclude", ("Reason", "So it is."));
        }

        await Assertions.Expect(head).ToContainTextAsync("Concluded");
        Assert.That(await visit.Part("What it is about").InnerTextAsync(), Does.Contain("Decided").And.Contain("Due again on"));
        Assert.That(await visit.Part("What was done").InnerTextAsync(), Does.Contain("Recommended then").And.Contain("as advised"));
        Assert.That(visit.Faults, Is.Empty);
    }
}
