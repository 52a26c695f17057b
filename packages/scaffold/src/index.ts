export { type EnvironmentAnswers, environmentFile, ENVIRONMENT_LIST, listWith, listWithout } from "./environment-files";
export { faultOf, type Given, parseAnswers, scaffoldNamed, typed, usualAnswer } from "./answers";
export { flagOf, type Question } from "./question";
export { type Answers, ASKED, type QuestionName, QUESTIONS } from "./questions";
export { questionsPage } from "./questions-page";
export { type Files, type RenderedScaffold, renderScaffold } from "./rendered-scaffold";
export { type Scaffold, SCAFFOLDS } from "./scaffolds";
export { type Platform, softwareTemplate, softwareTemplateFile } from "./software-template";
