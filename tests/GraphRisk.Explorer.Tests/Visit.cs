using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>One person at the explorer: a browser window that remembers what was asked of whom and what went wrong.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<string> elsewhere = new();
    private readonly ConcurrentQueue<Task<string>> answers = new();

    private Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        Watch(page);
        context.Page += (_, other) => Watch(other);
    }

    public IPage Page { get; }

    /// <summary>What pages or the browser complained of: errors, refusals of the content security policy among them.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>Addresses asked that are not the server's.</summary>
    public IReadOnlyCollection<string> Elsewhere => elsewhere;

    /// <summary>What the server has answered to the page's questions since this was last asked for.</summary>
    public async Task<string> Answers()
    {
        var texts = new List<string>();
        while (answers.TryDequeue(out var answer)) texts.Add(await answer);
        return string.Join('\n', texts);
    }

    /// <param name="language">en or zh.</param>
    /// <param name="scheme">The colours the system asks for.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    public static async Task<Visit> Begin(string language = "en", ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var context = await Demo.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 }, Locale = language == "zh" ? "zh-CN" : "en-GB", ColorScheme = scheme, BaseURL = Demo.Address,
        });
        context.SetDefaultTimeout(30_000);
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>Goes to a page and waits until all of it is there.</summary>
    public async Task Go(string path)
    {
        await Page.GotoAsync(path);
        await Settle();
    }

    /// <summary>Goes to a page as a link of the explorer does, without loading it anew: whom one asks as stays.</summary>
    public async Task Move(string path)
    {
        await Page.EvaluateAsync("path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }", path);
        await Settle();
    }

    /// <summary>Waits until the page of the address stands there, not the one before it, and all of it.</summary>
    public async Task Settle()
    {
        await Page.WaitForFunctionAsync("() => document.querySelector('main')?.dataset.page === location.pathname + location.search");
        await Page.Locator("main .section, main .state, main .party-head").First.WaitForAsync();
        await Page.WaitForFunctionAsync("() => document.querySelector('main') && !document.querySelector('.loading')");
    }

    /// <summary>Whether the demo has somebody of a role to ask as.</summary>
    public async Task<bool> Offers(string role)
    {
        await Page.Locator(".asker button").First.ClickAsync();
        var has = await Page.GetByRole(AriaRole.Option, new() { Name = role, Exact = true }).CountAsync() > 0;
        await Page.Keyboard.PressAsync("Escape");
        return has;
    }

    /// <summary>In the demo: asks as another role from now on.</summary>
    public async Task Become(string role)
    {
        await Page.Locator(".asker button").First.ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = role, Exact = true }).ClickAsync();
        await Page.Locator(".asker button", new() { HasText = role }).First.WaitForAsync();
        await Settle();
    }

    /// <summary>In the demo: asks as another role for a purpose, under a name that tells this person from others.</summary>
    public async Task Become(string role, string purpose, string person)
    {
        await Become(role);
        await For(purpose);
        await Call(person);
    }

    /// <summary>In the demo: asks for another purpose of the role from now on.</summary>
    public async Task For(string purpose)
    {
        await Page.Locator(".asker button").Nth(1).ClickAsync();
        await Page.GetByRole(AriaRole.Option).Filter(new() { HasText = purpose }).First.ClickAsync();
        await Page.Locator(".asker button", new() { HasText = purpose }).WaitForAsync();
        await Settle();
    }

    /// <summary>In the demo: goes on under another name.</summary>
    public async Task Call(string person)
    {
        await Page.Locator(".asker button").Nth(2).ClickAsync();
        await Page.Keyboard.TypeAsync(person);
        await Page.Keyboard.PressAsync("Enter");
        await Page.Locator(".asker button", new() { HasText = person }).WaitForAsync();
        await Settle();
    }

    /// <summary>Takes an option of a choice by both their texts.</summary>
    public async Task Pick(string choice, string option)
    {
        await Page.Locator("main").GetByRole(AriaRole.Button, new() { NameRegex = new($"(^| ){Regex.Escape(choice)}$") }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Option).Filter(new() { HasText = option }).First.ClickAsync();
        await Settle();
    }

    /// <summary>Opens a tab and waits for what stands below it.</summary>
    public async Task Open(string tab)
    {
        await Page.GetByRole(AriaRole.Tab, new() { NameRegex = new($"^{Regex.Escape(tab)}( [0-9]+)?$") }).ClickAsync();
        await Settle();
    }

    /// <summary>A part of the page by its heading.</summary>
    public ILocator Part(string heading) => Page.GetByRole(AriaRole.Region, new() { Name = heading, Exact = true });

    /// <summary>The rows below the heading of a table, each as its cells' texts.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> Rows(string table)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in await Page.GetByRole(AriaRole.Table, new() { Name = table, Exact = true }).First.GetByRole(AriaRole.Row).AllAsync())
        {
            var cells = await row.GetByRole(AriaRole.Cell).AllInnerTextsAsync();
            if (cells.Count > 0) rows.Add(cells);
        }
        return rows;
    }

    /// <summary>The address of the first party that a table of the page leads to.</summary>
    public async Task<string> FirstParty() => (await Page.Locator("main td a[href^='/party/']").First.GetAttributeAsync("href"))!;

    /// <summary>Addresses of the parties that tables of the page lead to, each once.</summary>
    public Task<string[]> Parties() =>
        Page.Locator("main td a[href^='/party/']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.getAttribute('href').split('/').slice(0, 3).join('/')))]");

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") faults.Enqueue(message.Text);
        };
        page.Response += (_, response) =>
        {
            if (response.Url.EndsWith("/graphql", StringComparison.Ordinal)) answers.Enqueue(response.TextAsync());
            if (response.Status >= 400) faults.Enqueue($"{response.Status} to {response.Request.PostData}");
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Demo.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
                elsewhere.Enqueue(request.Url);
        };
    }
}
