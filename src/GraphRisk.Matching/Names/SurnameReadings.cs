using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GraphRisk.Matching.Names;

/// <summary>What pinyin needs to know of surnames: which are compound, and how those are read that ICU reads otherwise or in one way of two.</summary>
internal static class SurnameReadings
{
    private static readonly FrozenSet<string> Compound = (
        "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 "
        + "长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 "
        + "南门 羊舌 微生 梁丘 左丘 西门 第五 南荣 东里 即墨 达奚 完颜 纳兰 单于 叶赫").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ImmutableArray<string>> Usual =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["曾"] = ["zeng"],
            ["单"] = ["shan"],
            ["仇"] = ["qiu"],
            ["区"] = ["ou"],
            ["查"] = ["zha"],
            ["解"] = ["xie"],
            ["盖"] = ["ge", "gai"],
            ["朴"] = ["piao", "pu"],
            ["覃"] = ["qin", "tan"],
            ["缪"] = ["miao", "mou"],
            ["薄"] = ["bo", "bao"],
            ["乐"] = ["yue", "le"],
            ["洗"] = ["xian"],
            ["冼"] = ["xian"],
            ["翟"] = ["zhai", "di"],
            ["隗"] = ["wei", "kui"],
            ["尉迟"] = ["yuchi"],
            ["万俟"] = ["moqi"],
            ["长孙"] = ["zhangsun"],
            ["单于"] = ["chanyu"],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>2 for a compound surname with a given name after it, 1 otherwise.</summary>
    public static int LengthOfSurname(string name) => name.Length > 2 && Compound.Contains(name[..2]) ? 2 : 1;

    public static ImmutableArray<string>? Of(string surname) => Usual.TryGetValue(surname, out var readings) ? readings : null;
}
