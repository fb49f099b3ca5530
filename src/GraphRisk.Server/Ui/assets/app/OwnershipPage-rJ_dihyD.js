import{j as r,E as t}from"./index-BUQLsyqn.js";function e(){return r.jsx(t,{})}export{e as OwnershipPage};
