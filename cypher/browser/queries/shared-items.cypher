// 两个单位共同承担的事项
// 图。换单位：改引号里的两个名称。
MATCH p = (:Unit {name: '市政府法制办'})-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]->(:Item)
          <-[:LEADS|RESPONSIBLE_FOR|COOPERATES_ON]-(:Unit {name: '市编办'})
RETURN p
LIMIT 50;
