using System.Globalization;
using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>
/// A matter of the securities regulator: investigation, then prior notice, then decision, or withdrawal at either step. Each
/// state is a document of its own and supersedes the one before.
/// </summary>
public sealed class PenaltyMatter(MarketFiles files, ListEntries lists, DateOnly lastDay)
{
    private static readonly string[] Facts =
        ["未按规定披露关联担保事项", "年度报告存在虚假记载", "利用他人证券账户交易股票", "持股达到百分之五时未及时报告和公告"];

    private readonly Dictionary<(string Bureau, int Year), int> numbers = [];

    /// <param name="officer">Of the company the matter is about; for a person's own matter the person.</param>
    public void Publish(Draws draws, Company? company, Person officer, string office, DateOnly opened)
    {
        var bureau = $"中国证监会{officer.Place.CityWithoutSuffix}监管局";
        var matter = $"{bureau}立案〔{opened.Year}〕{Next(bureau + "立案", opened)}号";
        var party = company?.DisplayName ?? officer.DisplayName;
        var fact = draws.Pick(Facts);
        State(bureau, "INVESTIGATION", matter, company, officer, opened,
            $"关于对{party}立案调查的通知",
            $"{party}：因涉嫌{fact}，根据《中华人民共和国证券法》《中华人民共和国行政处罚法》等法律法规，{ChineseNumerals.Date(draws, opened)}，我局决定对你{(company is null ? "" : "公司")}立案。");
        var notice = opened.AddDays(draws.Between(60, 200));
        if (notice > lastDay) return;
        var fine = draws.Between(5, 60) * 10_000L;
        if (draws.Chance(0.1))
        {
            State(bureau, "WITHDRAWN", matter, company, officer, notice, $"关于{party}的结案告知书",
                $"{party}：经审理，我局认为现有证据不足以认定你{(company is null ? "" : "公司")}涉嫌{fact}的违法事实成立，决定本案结案。");
            return;
        }

        State(bureau, "PRIOR_NOTICE", matter, company, officer, notice, $"行政处罚事先告知书（{party}）",
            $"{Parties(draws, company, officer, office)}涉嫌{fact}一案，已由我局调查完毕，我局依法拟对你{(company is null ? "" : "们")}作出行政处罚。"
            + $"我局拟决定：{Clauses(company, officer, fine)}你{(company is null ? "" : "们")}享有陈述、申辩及要求听证的权利。");
        var decided = notice.AddDays(draws.Between(40, 120));
        if (decided > lastDay) return;
        State(bureau, "DECISION", matter, company, officer, decided, $"行政处罚决定书（{party}）",
            $"{Parties(draws, company, officer, office)}依据《中华人民共和国证券法》（以下简称《证券法》）的有关规定，我局对{Alias(company, officer)}{fact}的行为进行了立案调查、审理，并依法向当事人告知了作出行政处罚的事实、理由、依据及当事人依法享有的权利。本案现已调查、审理终结。"
            + $"经查明，{ChineseNumerals.Date(draws, opened.AddDays(-300))}至{ChineseNumerals.Date(draws, opened.AddDays(-60))}，{Alias(company, officer)}{fact}，其间顾某某提供资金{ChineseNumerals.Amount(draws, fine * 7.5)}。上述违法事实，有相关公告、合同、当事人询问笔录等证据证明。"
            + $"根据当事人违法行为的事实、性质、情节与社会危害程度，依据《证券法》第一百九十七条第二款的规定，我局决定：{Clauses(company, officer, fine)}"
            + "当事人应自收到本处罚决定书之日起15日内，将罚款汇交中国证券监督管理委员会。");
        if (fine >= 400_000) lists.Regulatory(draws, officer, bureau, "证券市场禁入", decided, draws.Between(3, 10));
    }

    private void State(string bureau, string state, string matter, Company? company, Person officer, DateOnly day, string title, string text)
    {
        var document = $"{bureau}〔{day.Year}〕{Next(bureau, day)}号";
        files.Public.Penalties.Write(
            ("doc_no", document), ("bureau", bureau), ("state", state), ("matter_no", matter), ("title", title), ("published_on", day), ("text", text));
        if (company is not null) files.Truth.Mention("csrc", document, company, "PARTY");
        files.Truth.Mention("csrc", document, officer, "PARTY");
    }

    private int Next(string series, DateOnly day) => numbers[(series, day.Year)] = numbers.GetValueOrDefault((series, day.Year)) + 1;

    private static string Alias(Company? company, Person officer) => company?.Name.BrandText ?? officer.DisplayName;

    private static string Parties(Draws draws, Company? company, Person officer, string office)
    {
        var sex = officer.Id.Sex == Sex.Male ? "男" : "女";
        var birth = officer.Id.Birth.ToString("yyyy年M月", CultureInfo.InvariantCulture);
        var person = $"{officer.DisplayName}，{sex}，{birth}出生，{(company is null ? "" : $"时任{company.Name.BrandText}{office}，")}住址：{officer.Place.City}{officer.Place.District}。";
        return company is null
            ? "当事人：" + person
            : $"当事人：{company.DisplayName}（以下简称{(draws.Chance(0.5) ? company.Name.BrandText : $"“{company.Name.BrandText}”")}），住所：{company.Address}。{person}";
    }

    private static string Clauses(Company? company, Person officer, long fine) => company is null
        ? $"对{officer.DisplayName}给予警告，并处以{fine / 10_000}万元罚款。"
        : $"一、对{company.DisplayName}给予警告，并处以{fine * 2 / 10_000}万元罚款；二、对{officer.DisplayName}给予警告，并处以{fine / 10_000}万元罚款。";
}
